/// How a non-autoregressive decoder predicts its tokens.
public enum NonautoregressiveMethod: String, Sendable, Codable, CaseIterable {
  /// Reads the source's embeddings, stretched to the length of the target, and predicts every token.
  ///
  /// Source: Gu et al. 2018, "Non-Autoregressive Neural Machine Translation".
  case length
  /// Reads a partly masked target and predicts the masked tokens, repeatedly, starting with all masked.
  ///
  /// Source: Ghazvininejad et al. 2019, "Mask-Predict: Parallel Decoding of Conditional Masked Language Models".
  case maskPredict = "mask-predict"
  /// Predicts tokens and blanks from the upsampled encoder output; repeats and blanks are then removed.
  ///
  /// Source: Libovický and Helcl 2018, "End-to-End Non-Autoregressive Neural Machine Translation with Connectionist
  /// Temporal Classification".
  case ctc
}

/// How ``NonautoregressiveMethod/length`` determines where a translation ends.
public enum LengthEnding: String, Sendable, Codable, CaseIterable {
  /// The length is predicted before the tokens are.
  case predicted
  /// The greatest possible number of tokens is predicted; the translation ends before the first `</s>`.
  case endToken = "end-token"
}

/// The architecture of a non-autoregressive decoder.
public struct NonautoregressiveConfiguration: Sendable, Equatable {
  /// The method of prediction.
  public var method: NonautoregressiveMethod
  /// The number of layers.
  public var layers = 6
  /// Positions that each source token becomes, with ``NonautoregressiveMethod/ctc``.
  ///
  /// Typically 2 or 3: a target must not have more tokens than there are positions.
  public var upsampling = 2
  /// How translations end, with ``NonautoregressiveMethod/length``.
  public var ending = LengthEnding.predicted
  /// How much longer or shorter than its source a predicted length may be.
  public var maxLengthDifference = 128

  /// The method's usual architecture.
  public init(method: NonautoregressiveMethod) { self.method = method }

  /// Whether the length of a translation is predicted.
  public var predictsLength: Bool { method == .maskPredict || method == .length && ending == .predicted }

  /// The number of positions per source token, which limits the length of a target; nil for no such limit.
  public var room: Int? { method == .ctc ? upsampling : nil }

  /// The number of positions that are predicted for a source and a target, from their tokens including `</s>`.
  ///
  /// - Parameters:
  ///   - source: tokens of the source.
  ///   - target: tokens of the target; 0 if it is not known.
  /// - Returns: rows of the decoder.
  public func positions(source: Int, target: Int) -> Int {
    switch method {
    case .ctc: upsampling * source
    case .length where ending == .endToken: max(target, longestTarget(source: source))
    case .length, .maskPredict: max(0, target - 1)
    }
  }

  /// Whether the decoder's input may be the same token at every position, such as the mask.
  ///
  /// Positions that act only on attention cannot tell equal inputs apart: attention returns the mean of equal values,
  /// whatever its weights. Inputs of ``NonautoregressiveMethod/ctc`` always differ.
  var readsEqualTokens: Bool { method != .ctc }

  /// The greatest length of a translation with ``LengthEnding/endToken``, including `</s>`.
  func longestTarget(source: Int) -> Int { (3 * source + 1) / 2 + 8 }

  /// The longest sentence of the decoder if those of source and target have at most `sentences` tokens.
  func maxPositions(_ sentences: Int) -> Int {
    max(sentences, positions(source: sentences, target: sentences))
  }

  /// Floats in the decoder's parameters other than its layers and positions.
  func headParameters(size: Int, bias: Int) -> Int {
    let upsampled = method == .ctc ? upsampling * size * (size + bias) : 0
    return upsampled + (predictsLength ? (2 * maxLengthDifference + 1) * (size + 1) : 0)
  }

  /// The allowed sizes, by their keys in `config.json`, in the order in which ``problem`` checks them.
  static let ranges: [(key: String, range: ClosedRange<Int>)] = [
    ("layers", 1...256), ("upsampling", 1...16), ("max_length_difference", 1...1 << 16),
  ]

  /// A description of what is wrong with it; nil if it is valid.
  var problem: String? {
    for (value, (key, range)) in zip([layers, upsampling, maxLengthDifference], Self.ranges)
    where !range.contains(value) {
      return
        "nonautoregressive_decoder: \(key) is \(value), expected a number from \(range.lowerBound) to \(range.upperBound)"
    }
    return nil
  }
}

extension NonautoregressiveConfiguration: Codable {
  private enum CodingKeys: String, CodingKey {
    case method, layers, upsampling, ending
    case maxLengthDifference = "max_length_difference"
  }
}
