public import Tensors

/// What glancing training asks of a first pass over a sentence.
public struct CTCGlance: Sendable, Equatable {
  /// The most probable class of each row.
  public let predictions: [Int32]
  /// The best alignment of the sentence's labels.
  public let alignment: CTCAlignment

  /// Rows whose prediction is not what the alignment has there: the Hamming distance that says how many labels
  /// are shown.
  public var mismatches: Int { zip(predictions, alignment.path).count { $0 != $1 } }
}

extension Tape {
  /// The best alignments of sentences' labels to the predictions of the output layer, and these predictions.
  ///
  /// Nothing is recorded. Logits are made and forgotten in the same chunks as those of
  /// ``ctcLoss(_:weight:bias:targets:blank:smoothing:)``.
  ///
  /// - Parameters:
  ///   - x: decoder output, shape `[rows, size]`.
  ///   - weight: the output embedding, shape `[vocabularySize, size]`.
  ///   - bias: shape `[vocabularySize]`, or none.
  ///   - targets: the sentences' rows, in order, and labels.
  ///   - blank: the class of the blank.
  /// - Returns: one for each target, nil where rows are too few for the labels, or not there at all.
  /// - Complexity: 2 · rows · size · vocabularySize FLOP.
  ///
  /// Source: Qian et al. 2021, "Glancing Transformer for Non-Autoregressive Neural Machine Translation", section 3.
  public func ctcGlances(
    _ x: Tensor, weight: Parameter, bias: Parameter? = nil, targets: [CTCTarget], blank: Int32
  ) -> [CTCGlance?] {
    let layer = CTCOutputLayer(x, weight: weight, bias: bias, targets: targets, blank: blank, on: self)
    var glances = [CTCGlance?](repeating: nil, count: targets.count)
    for group in layer.groups {
      var predictions: [Int32] = []
      for part in layer.parts(of: group) {
        layer.project(part)
        predictions += part.indices.map { layer.prediction($0 - part.lowerBound) }
        _ = layer.normalize(part, of: group, smoothing: 0, keepsEmissions: true, withGradient: false)
      }
      for sentence in group.sentences {
        let start = sentence.rows.lowerBound - group.rows.lowerBound
        let emissions = UnsafeBufferPointer(
          start: layer.emissions(of: sentence), count: sentence.rows.count * sentence.symbols.count)
        glances[sentence.index] = CTCAlignment(symbols: sentence.symbols, emissions: Array(emissions)).map {
          CTCGlance(predictions: Array(predictions[start..<start + sentence.rows.count]), alignment: $0)
        }
      }
    }
    return glances
  }
}
