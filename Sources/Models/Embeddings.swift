internal import Autodiff
internal import Layers
internal import Tensors
internal import Tokens

/// Token embeddings with their positions, unless those are rotary: what a stack of layers reads.
///
/// Source: Vaswani et al. 2017, sections 3.4 and 3.5.
struct Embeddings: Sendable {
  /// Shape `[vocabularySize, size]`.
  private(set) var table: Parameter
  let places: PositionTable
  let scale: Float
  let dropoutRate: Float

  /// Declares `embed_positions` where positions are learned.
  init(_ configuration: ModelConfiguration, table: Parameter, in builder: inout ParameterBuilder) {
    self.table = table
    places = PositionTable(configuration, in: &builder)
    scale = configuration.scalesEmbeddings ? Float(configuration.size).squareRoot() : 1
    dropoutRate = configuration.dropout
  }

  /// The same positions with the embeddings of another vocabulary.
  func with(table: Parameter) -> Embeddings {
    var result = self
    result.table = table
    return result
  }

  /// The embeddings of tokens at their places.
  ///
  /// - Parameters:
  ///   - ids: one token a row.
  ///   - positions: each row's place in its sentence.
  ///   - wordDropout: the share of words whose embedding is left out, in training; `<s>` and `</s>` are no words.
  ///   - spared: other tokens that are no words.
  ///   - tape: where the work is recorded.
  /// - Returns: shape `[ids.count, size]`.
  func callAsFunction(
    _ ids: [Int32], positions: [Int32], wordDropout: Float = 0, sparing spared: Set<Int32> = [],
    on tape: Tape
  ) -> Tensor {
    let factors = tape.wordDropout(
      ids, rate: wordDropout, sparing: spared.union([SpecialToken.beginning, SpecialToken.end]))
    return tape.embed(
      ids: ids, positions: positions, table: table, places: places, scale: scale, factors: factors,
      dropoutRate: dropoutRate)
  }

  /// The embeddings of tokens alone: scaled, at no place, nothing dropped.
  func withoutPlaces(_ ids: [Int32], on tape: Tape) -> Tensor {
    tape.embed(
      ids: ids, positions: Array(repeating: 0, count: ids.count), table: table, places: .none, scale: scale)
  }

  /// Rows that are no embeddings, at their places.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - positions: each row's place in its sentence.
  ///   - tape: where the work is recorded.
  /// - Returns: the same shape.
  func place(_ x: Tensor, positions: [Int32], on tape: Tape) -> Tensor {
    tape.embed(
      ids: Array(0..<Int32(x.shape.rows)), positions: positions, table: x, places: places, scale: 1,
      dropoutRate: dropoutRate)
  }
}

extension PositionTable {
  /// What a configuration adds to embeddings, declared under the name that Hugging Face's Marian has for it.
  fileprivate init(_ configuration: ModelConfiguration, in builder: inout ParameterBuilder) {
    let (positions, size) = (configuration.maxPositions, configuration.size)
    self =
      switch configuration.positions {
      case .sinusoidal:
        .constant(sinusoidalPositions(positions, size: size, halves: configuration.positionLayout == .halves))
      case .learned:
        .learned(
          builder.scope("embed_positions") {
            $0.matrix("weight", positions, size, configuration.initialization.embedding(size: size))
          })
      case .rotary: .none
      }
  }
}
