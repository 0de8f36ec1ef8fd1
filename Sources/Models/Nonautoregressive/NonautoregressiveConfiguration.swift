/// How a decoder predicts all target tokens at once.
public enum NonautoregressiveMethod: String, Sendable, Codable, CaseIterable {
  /// The source's embeddings, stretched to the length of the target, are read and every token predicted.
  ///
  /// Source: Gu et al. 2018, "Non-Autoregressive Neural Machine Translation".
  case length
  /// A target whose tokens are partly masked is read, and what is masked predicted; repeated from all masked on.
  ///
  /// Source: Ghazvininejad et al. 2019, "Mask-Predict: Parallel Decoding of Conditional Masked Language Models".
  case maskPredict = "mask-predict"
  /// The encoder's output, upsampled, becomes tokens and blanks; repeats and blanks then fall away.
  ///
  /// Source: Libovický and Helcl 2018, "End-to-End Non-Autoregressive Neural Machine Translation with Connectionist
  /// Temporal Classification".
  case ctc
}

/// How ``NonautoregressiveMethod/length`` knows where a translation ends.
public enum LengthEnding: String, Sendable, Codable, CaseIterable {
  /// The length is predicted before the tokens are.
  case predicted
  /// As many tokens are predicted as a translation may have; it ends before the first `</s>`.
  case endToken = "end-token"
}

/// The architecture of a decoder that predicts all target tokens at once.
public struct NonautoregressiveConfiguration: Sendable, Equatable {
  /// How it predicts.
  public var method: NonautoregressiveMethod
  /// Its layers.
  public var layers = 6
  /// Positions that each source token becomes, with ``NonautoregressiveMethod/ctc``.
  ///
  /// 2 or 3: a target must not have more tokens than there are positions.
  public var upsampling = 2
  /// How translations end, with ``NonautoregressiveMethod/length``.
  public var ending = LengthEnding.predicted
  /// How much longer or shorter than its source a translation may be predicted to be.
  public var maxLengthDifference = 128

  /// The method's usual architecture.
  public init(method: NonautoregressiveMethod) { self.method = method }

  /// Whether the length of a translation is predicted.
  public var predictsLength: Bool { method == .maskPredict || method == .length && ending == .predicted }

  /// Positions that each source token becomes, all of which a target must find room in; nil: there is no such limit.
  public var room: Int? { method == .ctc ? upsampling : nil }

  /// Positions that are predicted for a source and a target of so many tokens, `</s>` counted.
  ///
  /// - Parameters:
  ///   - source: tokens of the source.
  ///   - target: tokens of the target; 0 where it is not known.
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

  /// Tokens that a translation may have where it is filled up to the greatest length, `</s>` counted.
  func longestTarget(source: Int) -> Int { (3 * source + 1) / 2 + 8 }

  /// The longest sentence of the decoder where those of source and target have at most so many tokens.
  func maxPositions(_ sentences: Int) -> Int {
    max(sentences, positions(source: sentences, target: sentences))
  }

  /// Floats of what the decoder has beside its layers and positions.
  func headParameters(size: Int, bias: Int) -> Int {
    let upsampled = method == .ctc ? upsampling * size * (size + bias) : 0
    return upsampled + (predictsLength ? (2 * maxLengthDifference + 1) * (size + 1) : 0)
  }

  /// What is wrong with it, in words; nil where nothing is.
  var problem: String? {
    let counts = [
      ("layers", layers, 1...256), ("upsampling", upsampling, 1...16),
      ("max_length_difference", maxLengthDifference, 1...1 << 16),
    ]
    for (name, value, range) in counts where !range.contains(value) {
      return
        "nonautoregressive_decoder: \(name) is \(value), expected a number from \(range.lowerBound) to \(range.upperBound)"
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
