/// How a model knows the order of tokens.
public enum PositionEncoding: String, Sendable, Codable, CaseIterable {
  /// Sines and cosines of the position are added to embeddings. Source: Vaswani et al. 2017, section 3.5.
  case sinusoidal
  /// A table for each side is learned and added to embeddings. Source: Gehring et al. 2017, "Convolutional Sequence to
  /// Sequence Learning", section 3.1.
  case learned
  /// Queries and keys of self-attention are turned by the position; embeddings know nothing of it. Source: Su et al.
  /// 2021, "RoFormer: Enhanced Transformer with Rotary Position Embedding".
  case rotary
}

/// How sines and cosines of a position encoding lie in its columns, or with ``PositionEncoding/rotary`` which columns
/// of a head are turned together.
public enum PositionLayout: String, Sendable, Codable, CaseIterable {
  /// Sine and cosine of a frequency side by side, as in the paper's formula; rotary: neighbors, as in RoFormer's.
  case interleaved
  /// All sines, then all cosines, as in Marian; rotary: a column of a head's first half and one of its second.
  case halves
}

extension ModelConfiguration {
  /// Floats of the constant tables of positions, of which the encoder and each decoder have one.
  package var positionConstants: Int {
    switch positions {
    case .sinusoidal: positionRows * size
    case .learned: 0
    // A cosine and a sine for two columns.
    case .rotary: positionRows * (size / heads) + addedRows * size
    }
  }

  /// Floats of the tables of positions that are learned.
  var positionParameters: Int { positions == .learned ? positionRows * size : 0 }

  /// Positions of encoder and decoders together.
  private var positionRows: Int {
    (isAutoregressive ? 2 : 1) * maxPositions + (nonautoregressive?.maxPositions(maxPositions) ?? 0)
  }

  /// Positions that are added to what the decoder which predicts all tokens at once reads, where others turn queries.
  private var addedRows: Int {
    guard let nonautoregressive, nonautoregressive.places(.rotary) != .rotary else { return 0 }
    return nonautoregressive.maxPositions(maxPositions)
  }

  /// What is wrong with the positions, in words; nil where nothing is.
  var positionProblem: String? {
    guard positions == .rotary, (size / heads) % 2 != 0 else { return nil }
    return
      "rotary positions turn pairs of columns, but d_model \(size) leaves an odd number of them, \(size / heads), "
      + "to each of \(heads) attention heads"
  }
}
