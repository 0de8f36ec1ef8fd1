internal import Autodiff
internal import Tensors
internal import Tokens

/// The input to the losses of a non-autoregressive decoder.
struct NonautoregressiveBatch {
  /// The encoder's input.
  let source: PackedTokens
  /// Its output.
  let encoded: Tensor
  /// The translations without `</s>`.
  let targets: [[TokenID]]
  /// ε of the cross-entropy.
  let labelSmoothing: Float
  /// The fraction of a first draft's errors for which correct tokens are shown.
  let glancing: Float
  /// The fraction of layers that are dropped.
  let layerDrop: Float
}

extension Transformer {
  /// The loss of a batch for a non-autoregressive decoder, by its method.
  ///
  /// - Returns: sums over the predicted tokens; the loss of the lengths is included in the loss, but not in the
  ///   likelihood.
  func loss(_ batch: NonautoregressiveBatch, _ decoder: NonautoregressiveDecoder, on tape: Tape) -> LossSum {
    var sum =
      switch decoder.configuration.method {
      case .length: lengthLoss(batch, decoder, on: tape)
      case .maskPredict: maskPredictLoss(batch, decoder, on: tape)
      case .ctc: ctcLoss(batch, decoder, on: tape)
      }
    if let predictor = decoder.lengthPredictor {
      // One loss per sentence next to one per token: a typical weight of about a tenth.
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
  ///   - rows: those with a loss.
  ///   - tokens: the correct token of each.
  ///   - smoothing: ε.
  ///   - tape: records the operations.
  /// - Returns: sums over these rows.
  func crossEntropy(
    _ hidden: Tensor, rows: [Int], tokens: [TokenID], smoothing: Float, on tape: Tape
  ) -> LossSum {
    guard !rows.isEmpty else { return LossSum() }
    let all = rows.count == hidden.shape.rows
    return tape.labelSmoothedCrossEntropy(
      all ? hidden : tape.selectRows(rows, of: [hidden]), weight: output, bias: outputBias, targets: tokens,
      smoothing: smoothing)
  }
}
