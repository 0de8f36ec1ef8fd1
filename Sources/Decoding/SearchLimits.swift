import Tokens

/// What a translation may hold, given its source sentence.
public struct SearchLimits: Sendable, Equatable {
  /// Predictions allowed for each source token.
  public var maxLengthRatio: Double
  /// Predictions allowed beyond that, so that a source of one word has room.
  public var maxLengthExtra: Int

  /// By default, twice the source's length and 20 more.
  ///
  /// - Parameters:
  ///   - maxLengthRatio: predictions for each source token, `</s>` not counted; 0 or more.
  ///   - maxLengthExtra: predictions beyond that; 1 or more.
  public init(maxLengthRatio: Double = 2, maxLengthExtra: Int = 20) {
    self.maxLengthRatio = maxLengthRatio
    self.maxLengthExtra = maxLengthExtra
  }

  /// The rules for each sentence of a batch.
  ///
  /// - Parameters:
  ///   - source: the batch.
  ///   - capacity: predictions that the model can make at all.
  /// - Returns: as many as there are sentences, in order.
  func rules(for source: TokenBatch, capacity: Int) -> [SentenceRules] {
    (0..<source.count).map { rules(for: source[sentence: $0], capacity: capacity) }
  }

  private func rules(for source: ArraySlice<TokenID>, capacity: Int) -> SentenceRules {
    let tokens = source.last == SpecialToken.end ? source.dropLast() : source
    // The cap keeps the sum within Int; it is beyond what a model could ever decode.
    let scaled = Int(min(maxLengthRatio * Double(tokens.count), 1e9))
    return SentenceRules(
      maxLength: max(1, min(scaled + maxLengthExtra, capacity)),
      allowsEmpty: tokens.isEmpty,
      unknownAllowance: tokens.count { $0 == SpecialToken.unknown })
  }
}

/// What the hypotheses of one sentence may hold.
struct SentenceRules: Sendable, Equatable {
  /// Predictions after which a hypothesis is ended as it is; `</s>` is one of them.
  var maxLength: Int
  /// Whether `</s>` may be the first prediction: only for an empty source.
  var allowsEmpty: Bool
  /// How many `<unk>` a hypothesis may hold: as many as the source, since each stands for one of them.
  var unknownAllowance: Int

  /// The special tokens that may follow a hypothesis; of all others any may.
  func allowed(after hypothesis: LiveHypothesis) -> AllowedSpecials {
    AllowedSpecials(
      end: allowsEmpty || !hypothesis.tokens.isEmpty, unknown: hypothesis.unknowns < unknownAllowance)
  }
}

/// Which special tokens may be predicted; `<pad>` and `<s>` never are.
struct AllowedSpecials: Sendable, Equatable {
  var end: Bool
  var unknown: Bool

  /// The allowed special tokens by rising id; every id from ``firstOrdinary`` up is allowed too.
  var tokens: [TokenID] { (end ? [SpecialToken.end] : []) + (unknown ? [SpecialToken.unknown] : []) }

  /// The other special tokens.
  var forbidden: [TokenID] {
    (0..<TokenID(Self.firstOrdinary)).filter { [allowed = tokens] in !allowed.contains($0) }
  }

  /// The first id behind the special tokens.
  static let firstOrdinary = SpecialToken.names.count
}
