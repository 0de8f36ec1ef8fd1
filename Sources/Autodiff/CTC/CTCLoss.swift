public import Tensors

extension Tape {
  /// The output layer with the loss of connectionist temporal classification (CTC), summed over sentences.
  ///
  /// Every row predicts a label or the blank. With p(labels) the sum of the probabilities of all alignments that spell
  /// the labels, see ``CTCTarget``, the loss of a sentence is
  ///
  ///     -(1 - ε) · log p(labels) - ε · labels / rows · Σ mean log p
  ///
  /// where the sum is over rows and the mean over the vocabulary, including the blank. Label smoothing thus weighs as
  /// much per label as in fairseq's non-autoregressive models, and with as many rows as labels the same as in
  /// ``labelSmoothedCrossEntropy(_:weight:bias:targets:smoothing:)``.
  ///
  /// A sentence with too few rows for its labels has no loss and no gradient, and is counted. Logits are computed and
  /// discarded in chunks of whole sentences; those of a sentence longer than a chunk are computed twice. The derivatives
  /// of the output layer are added immediately; ``backward()`` continues from `x`.
  ///
  /// - Parameters:
  ///   - x: decoder output, shape `[rows, size]`.
  ///   - weight: the output embedding, shape `[vocabularySize, size]`.
  ///   - bias: shape `[vocabularySize]`, or nil for none.
  ///   - targets: the rows of each sentence, in order, and its labels. Rows outside of all sentences have no loss.
  ///   - blank: the class of the blank.
  ///   - smoothing: ε, `0 ..< 1`.
  /// - Returns: sums over the sentences; the negative log-likelihood is that of labels, and tokens are labels.
  /// - Complexity: 6 · rows · size · vocabularySize FLOP in training, and rows · labels steps for each sentence.
  ///
  /// Source: Graves et al. 2006, "Connectionist Temporal Classification", section 4; in translation Libovický and
  /// Helcl 2018 and Saharia et al. 2020.
  public func ctcLoss(
    _ x: Tensor, weight: Parameter, bias: Parameter? = nil, targets: [CTCTarget], blank: Int32,
    smoothing: Float
  ) -> LossSum {
    let layer = CTCOutputLayer(x, weight: weight, bias: bias, targets: targets, blank: blank, on: self)
    let rows = layer.groups.reduce(0) { $0 + $1.rows.count }
    let operation = begin("output layer and loss", flop: 2 * rows * weight.shape.count)
    let trains = mode == .training
    var sum = LossSum(infeasible: targets.count { !$0.isFeasible })
    var scratch: [Double] = []
    for group in layer.groups {
      let parts = layer.parts(of: group)
      for part in parts {
        layer.project(part)
        sum.loss += layer.normalize(
          part, of: group, smoothing: smoothing, keepsEmissions: true, withGradient: trains)
      }
      for sentence in group.sentences {
        let likelihood = layer.align(sentence, scratch: &scratch, withPosteriors: trains)
        sum.negativeLogLikelihood -= likelihood
        sum.loss -= Double(1 - smoothing) * likelihood
        sum.tokens += sentence.symbols.count - 1
      }
      guard trains else { continue }
      addDerivative(of: operation) {
        for part in parts {
          if parts.count > 1 {
            layer.project(part)
            _ = layer.normalize(
              part, of: group, smoothing: smoothing, keepsEmissions: false, withGradient: true)
          }
          layer.addDerivative(part, of: group, smoothing: smoothing)
        }
      }
    }
    end(operation)
    return sum
  }
}
