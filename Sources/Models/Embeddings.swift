internal import Autodiff
internal import Layers
internal import Tensors
internal import Tokens

/// Token embeddings with what is added for their positions: the input of a stack of layers.
///
/// Source: Vaswani et al. 2017, sections 3.4 and 3.5.
struct Embeddings: Sendable {
  /// Shape `[vocabularySize, size]`.
  private(set) var table: Parameter
  let positionTable: PositionTable
  let scale: Float
  let dropoutRate: Float
  /// Normalizes the result, if the model does.
  private let norm: LayerNorm?
  /// Tokens that are not words and are never dropped.
  private let sentenceMarks: Set<TokenID>

  /// Declares `layernorm_embedding`, if the model has one.
  init(
    _ configuration: ModelConfiguration, table: Parameter, positions: PositionTable, _ options: LayerOptions,
    in builder: inout ParameterBuilder
  ) {
    (self.table, positionTable) = (table, positions)
    norm =
      configuration.normalizesEmbeddings
      ? builder.scope("layernorm_embedding") { options.norm(in: &$0) } : nil
    scale = configuration.scalesEmbeddings ? Float(configuration.size).squareRoot() : 1
    dropoutRate = configuration.dropout
    sentenceMarks = [configuration.specialTokens.beginning, configuration.specialTokens.end]
  }

  /// The same positions with the embeddings of another vocabulary.
  func with(table: Parameter) -> Embeddings {
    var result = self
    result.table = table
    return result
  }

  /// The embeddings of tokens with their positions.
  ///
  /// - Parameters:
  ///   - ids: one token for each row; zeros stand for ``SpecialTokens/absent``.
  ///   - positions: each row's position in its sentence.
  ///   - wordDropout: the fraction of words whose embedding is dropped, in training; beginning and end tokens are not
  ///     words.
  ///   - spared: other tokens that are not words.
  ///   - tape: records the operations.
  /// - Returns: shape `[ids.count, size]`.
  func callAsFunction(
    _ ids: [Int32], positions: [Int32], wordDropout: Float = 0, sparing spared: Set<Int32> = [],
    on tape: Tape
  ) -> Tensor {
    var factors = tape.wordDropout(ids, rate: wordDropout, sparing: spared.union(sentenceMarks))
    var ids = ids
    if ids.contains(SpecialTokens.absent) {
      // Any row does, times 0.
      factors = zip(ids, factors ?? Array(repeating: 1, count: ids.count)).map {
        $0 == SpecialTokens.absent ? 0 : $1
      }
      ids = ids.map { max(0, $0) }
    }
    return normalized(
      tape.embed(
        ids: ids, positions: positions, table: table, positionTable: positionTable, scale: scale,
        factors: factors, dropoutRate: norm == nil ? dropoutRate : 0), on: tape)
  }

  /// Norm and dropout of the sum, if the model normalizes embeddings; otherwise dropout was already applied.
  private func normalized(_ x: Tensor, on tape: Tape) -> Tensor {
    norm.map { tape.dropout($0(x, on: tape), rate: dropoutRate) } ?? x
  }

  /// The scaled embeddings of tokens, without positions or dropout.
  func withoutPositions(_ ids: [Int32], on tape: Tape) -> Tensor {
    tape.embed(
      ids: ids, positions: Array(repeating: 0, count: ids.count), table: table, positionTable: .none,
      scale: scale)
  }

  /// Rows that are not embeddings, with their positions.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - positions: each row's position in its sentence.
  ///   - tape: records the operations.
  /// - Returns: the same shape.
  func addPositions(to x: Tensor, positions: [Int32], on tape: Tape) -> Tensor {
    normalized(
      tape.embed(
        ids: Array(0..<Int32(x.shape.rows)), positions: positions, table: x, positionTable: positionTable,
        scale: 1, dropoutRate: norm == nil ? dropoutRate : 0), on: tape)
  }
}
