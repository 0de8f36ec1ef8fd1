internal import Autodiff
internal import Layers
internal import Tensors

/// How a model encodes the order of tokens.
public enum PositionEncoding: String, Sendable, Codable, CaseIterable {
  /// Sines and cosines of the position are added to embeddings.
  ///
  /// Source: Vaswani et al. 2017, section 3.5.
  case sinusoidal
  /// A learned table for each side is added to embeddings.
  ///
  /// Source: Gehring et al. 2017, "Convolutional Sequence to Sequence Learning", section 3.1.
  case learned
  /// Queries and keys of self-attention are turned by angles that grow with the position; nothing is added to
  /// embeddings.
  ///
  /// Source: Su et al. 2021, "RoFormer: Enhanced Transformer with Rotary Position Embedding".
  case rotary
  /// Attention scores of self-attention fall with the distance between query and key, with a different slope in each
  /// head; nothing is added to embeddings.
  ///
  /// Source: Press et al. 2022, "Train Short, Test Long: Attention with Linear Biases Enables Input Length
  /// Extrapolation".
  case alibi
}

/// The layout of sines and cosines in the columns of a position encoding.
///
/// With ``PositionEncoding/rotary`` it says which two columns of a head are turned together.
public enum PositionLayout: String, Sendable, Codable, CaseIterable {
  /// Sine and cosine of a frequency are neighbors, as in the paper's formula; rotary: pairs are neighbors, as in
  /// RoFormer.
  case interleaved
  /// All sines come before all cosines, as in Marian; rotary: a pair is a column of a head's first half and one of its
  /// second.
  case halves
  /// ``halves`` whose last pair has the longest wavelength, as in Marian itself: pair i turns by
  /// `10000^(-i / (size / 2 - 1))` per position. Not for rotary positions.
  case marian
}

extension Positions {
  /// The positions of one stack of layers.
  ///
  /// Learned ones are declared as `embed_positions`, as in Hugging Face's Marian. A stack that may read equal tokens
  /// has sines added to them if its positions otherwise act only on attention.
  ///
  /// - Parameters:
  ///   - model: the architecture.
  ///   - readsEqualTokens: see ``NonautoregressiveConfiguration/readsEqualTokens``.
  ///   - builder: declares the parameters.
  init(_ model: ModelConfiguration, readsEqualTokens: Bool = false, in builder: inout ParameterBuilder) {
    let (count, size) = (model.maxPositions, model.size)
    let halves = model.positionLayout != .interleaved
    func sines() -> PositionTable {
      .sinusoidal(count, size: size, halves: halves, reachesLongest: model.positionLayout == .marian)
    }
    switch model.positions {
    case .sinusoidal: self.init(added: sines())
    case .learned:
      let table = builder.scope("embed_positions") {
        $0.matrix("weight", count, size, model.initialization.embedding(size: size))
      }
      self.init(added: .learned(table))
    case .rotary:
      let rotary = RotaryEmbedding(positions: count, headSize: size / model.heads, pairsHalves: halves)
      self.init(added: readsEqualTokens ? sines() : .none, attention: .rotary(rotary))
    case .alibi:
      self.init(
        added: readsEqualTokens ? sines() : .none, attention: .distanceBias(DistanceBias(heads: model.heads)))
    }
  }
}

extension ModelConfiguration {
  /// The number of floats in constant position tables, of which the encoder and each decoder have their own.
  package var positionConstants: Int {
    switch positions {
    case .sinusoidal: positionRows * size
    case .learned: 0
    // A cosine and a sine for two columns.
    case .rotary: positionRows * (size / heads) + equalTokenRows * size
    case .alibi: equalTokenRows * size
    }
  }

  /// The number of floats in learned position tables.
  var positionParameters: Int { positions == .learned ? positionRows * size : 0 }

  /// Positions of the encoder and the decoders together.
  private var positionRows: Int {
    (isAutoregressive ? 2 : 1) * maxPositions + (nonautoregressive?.maxPositions(maxPositions) ?? 0)
  }

  /// Positions of a decoder that may read equal tokens.
  private var equalTokenRows: Int {
    guard let nonautoregressive, nonautoregressive.readsEqualTokens else { return 0 }
    return nonautoregressive.maxPositions(maxPositions)
  }

  /// A description of what is wrong with the positions; nil if they are valid.
  var positionProblem: String? {
    if positions == .rotary, positionLayout == .marian {
      return "rotary positions have no layout '\(positionLayout.rawValue)'"
    }
    guard positions == .rotary, (size / heads) % 2 != 0 else { return nil }
    return
      "rotary positions turn pairs of columns, but d_model \(size) leaves an odd number of them, \(size / heads), "
      + "to each of \(heads) attention heads"
  }
}
