public import Tensors
public import Tokens

/// What glancing training needs from a first pass over a sentence.
public struct CTCGlance: Sendable, Equatable {
  /// The most probable class of each row.
  public let predictions: [Int32]
  /// The best alignment of the sentence's labels.
  public let alignment: CTCAlignment

  /// The number of rows whose prediction differs from the alignment: the Hamming distance that decides how many labels
  /// are shown.
  public var mismatches: Int { zip(predictions, alignment.path).count { $0 != $1 } }
}

extension Tape {
  /// The predictions of the output layer, and the best alignments of the sentences' labels to them.
  ///
  /// Nothing is recorded. Logits are computed and discarded in the same chunks as in
  /// ``ctcLoss(_:weight:bias:targets:blank:smoothing:)``.
  ///
  /// - Parameters:
  ///   - x: decoder output, shape `[rows, size]`.
  ///   - weight: the output embedding, shape `[vocabularySize, size]`.
  ///   - bias: shape `[vocabularySize]`, or nil for none.
  ///   - targets: the rows of each sentence, in order, and its labels.
  ///   - blank: the class of the blank.
  /// - Returns: one for each target, nil if it has too few rows for its labels or no rows.
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
