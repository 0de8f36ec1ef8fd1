internal import Autodiff
internal import Tensors
internal import Tokens

/// A batch as the losses of a decoder that predicts all tokens at once see it.
struct NonautoregressiveBatch {
  /// The encoder's input.
  let source: PackedTokens
  /// Its output.
  let encoded: Tensor
  /// The translations without `</s>`.
  let targets: [[TokenID]]
  /// ε of the cross-entropy.
  let labelSmoothing: Float
  /// The share of a first draft's errors for which right tokens are shown.
  let glancing: Float
  /// The share of layers that are left out.
  let layerDrop: Float
}

extension Transformer {
  /// The loss of a batch for a decoder that predicts all tokens at once, by its method.
  ///
  /// - Returns: sums over the tokens that were predicted; that of the length is in the loss, and not in the likelihood.
  func loss(_ batch: NonautoregressiveBatch, _ decoder: NonautoregressiveDecoder, on tape: Tape) -> LossSum {
    var sum =
      switch decoder.configuration.method {
      case .length: lengthLoss(batch, decoder, on: tape)
      case .maskPredict: maskPredictLoss(batch, decoder, on: tape)
      case .ctc: ctcLoss(batch, decoder, on: tape)
      }
    if let predictor = decoder.lengthPredictor {
      // One loss a sentence beside one a token: a weight of about a tenth, as is usual.
      sum.loss +=
        predictor.loss(batch.encoded, source: batch.source, lengths: batch.targets.map(\.count), on: tape)
        .loss
    }
    return sum
  }

  /// Cross-entropy of the tokens at some rows of the decoder's output.
  ///
  /// - Parameters:
  ///   - hidden: the decoder's output.
  ///   - rows: those that count.
  ///   - tokens: what is right at each of them.
  ///   - smoothing: ε.
  ///   - tape: where the work is recorded.
  /// - Returns: sums over these rows.
  func crossEntropy(
    _ hidden: Tensor, rows: [Int], tokens: [TokenID], smoothing: Float, on tape: Tape
  ) -> LossSum {
    guard !rows.isEmpty else { return LossSum() }
    let all = rows.count == hidden.shape.rows
    return tape.labelSmoothedCrossEntropy(
      all ? hidden : tape.selectRows(rows, of: [hidden]), weight: output, targets: tokens,
      smoothing: smoothing)
  }
}
