public import Models

/// The kinds of decoders that differ in the options they use.
public enum DecoderKind: Sendable, Equatable {
  /// A search with an autoregressive decoder.
  case autoregressive
  /// A non-autoregressive decoder.
  case nonautoregressive(NonautoregressiveConfiguration)
  /// A non-autoregressive decoder drafts, and the autoregressive one searches where no draft is good enough.
  case drafting(NonautoregressiveConfiguration)

  /// The non-autoregressive decoder, if it is used.
  var nonautoregressive: NonautoregressiveConfiguration? {
    switch self {
    case .autoregressive: nil
    case .nonautoregressive(let configuration), .drafting(let configuration): configuration
    }
  }

  /// Whether an autoregressive search can happen.
  var searches: Bool {
    if case .nonautoregressive = self { false } else { true }
  }

  /// Whether it can find several translations of a sentence.
  package var findsSeveral: Bool {
    guard case .nonautoregressive(let configuration) = self else { return true }
    return configuration.method == .ctc || configuration.predictsLength
  }

  /// Whether it has a probability for given translations.
  package var scoresGiven: Bool {
    guard case .nonautoregressive(let configuration) = self else { return true }
    return ParallelScorer.supports(configuration)
  }

  /// Whether several target lengths can be tried.
  var triesLengths: Bool { nonautoregressive?.predictsLength ?? false }
}

extension DecoderKind: CustomStringConvertible {
  /// The decoder in words, with an article.
  public var description: String {
    switch self {
    case .autoregressive: "an autoregressive decoder"
    case .nonautoregressive(let configuration): "a non-autoregressive decoder (\(configuration.words))"
    case .drafting(let configuration): "drafts of a non-autoregressive decoder (\(configuration.words))"
    }
  }
}

extension NonautoregressiveConfiguration {
  fileprivate var words: String {
    method == .length && ending == .endToken ? "\(method.rawValue), ending with </s>" : method.rawValue
  }
}
