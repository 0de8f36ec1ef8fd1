internal import Autodiff
internal import Layers
internal import Tensors

/// Predicts how much longer than its source a translation is: a classifier over differences, from the mean of the
/// encoder's output.
///
/// Source: Gu et al. 2018, section 3.3, for lengths out of the encoder; Ghazvininejad et al. 2019, section 2.3.
struct LengthPredictor: Sendable {
  /// The greatest difference, in either direction.
  let limit: Int
  private let classifier: Linear

  /// Declares `length_predictor`.
  init(size: Int, limit: Int, in builder: inout ParameterBuilder) {
    self.limit = limit
    classifier = builder.scope("length_predictor") { Linear(size, 2 * limit + 1, in: &$0) }
  }

  /// The loss of the correct lengths, whose derivatives are added immediately.
  ///
  /// - Parameters:
  ///   - encoded: the encoder's output.
  ///   - source: its sentences.
  ///   - lengths: tokens of the targets, without `</s>`; differences beyond the limit count as the limit.
  ///   - tape: records the operations.
  /// - Returns: sums over the sentences.
  func loss(_ encoded: Tensor, source: PackedTokens, lengths: [Int], on tape: Tape) -> LossSum {
    let means = tape.meanOfRows(encoded, source.sentences)
    let classes = zip(lengths, source.sentences).map { length, rows in
      Int32(min(max(length - (rows.count - 1), -limit), limit) + limit)
    }
    return tape.labelSmoothedCrossEntropy(
      means, weight: classifier.weight, bias: classifier.bias, targets: classes, smoothing: 0)
  }

  /// The logits of all differences, from the least to the greatest, one row for each sentence.
  func scores(_ encoded: Tensor, source: PackedTokens, on tape: Tape) -> [[Float]] {
    var logits: [Float] = []
    tape.project(
      tape.meanOfRows(encoded, source.sentences), weight: classifier.weight, bias: classifier.bias,
      into: &logits)
    let classes = 2 * limit + 1
    return source.sentences.indices.map { Array(logits[$0 * classes..<($0 + 1) * classes]) }
  }
}
