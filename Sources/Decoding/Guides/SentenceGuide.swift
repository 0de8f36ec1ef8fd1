public import Tokens

/// What the translation of one sentence must and must not contain.
///
/// All kinds of autoregressive search follow ``prefix`` and ``forbidden``; ``required`` needs a beam.
public struct SentenceGuide: Sendable, Equatable {
  /// How the translation begins; nil if it is free.
  public var prefix: TokenPrefix?
  /// Phrases that the translation must contain.
  public var required: [RequiredPhrase] = []
  /// Where words go on, so that required phrases are whole words; nil if every token is a word.
  public var joints: WordJoints?
  /// Sequences of tokens that the translation must not contain.
  public var forbidden: [[TokenID]] = []
  /// Whether the search does all it can for each `<unk>` of the source to be in the translation, because something else
  /// than an unknown word stands behind one.
  public var keepsUnknowns = false

  /// Where the likely next words are wanted, each with the best translation; nil to translate.
  ///
  /// ``joints`` say where words end.
  public var place: WordPlace?
  /// Translations that are scored, each ending in `</s>`; nothing is searched then.
  public var given: [[TokenID]] = []

  /// No restrictions.
  public init() {}

  /// Whether nothing is restricted.
  public var isEmpty: Bool { self == SentenceGuide() }

  /// The number of tokens that it adds to a translation at most.
  var longestLength: Int {
    (prefix?.longestLength ?? 0)
      + required.reduce(0) { $0 + ($1.alternatives.map(\.count).max() ?? 0) }
  }

  /// The tokens that a translation may need because of it.
  var wantedTokens: Set<TokenID> {
    let phrases = required.flatMap { ($0.alternatives + $0.initialAlternatives).joined() }
    return Set((prefix?.tokens ?? []) + given.joined() + (place?.tokens ?? []) + phrases)
  }

  /// The same for a model whose tokens are the places of some of them; what is forbidden and has tokens without a place
  /// cannot occur.
  func mapped(to tokens: [TokenID], _ transform: (TokenID) -> TokenID) -> SentenceGuide {
    var result = SentenceGuide()
    result.joints = joints?.of(tokens)
    result.keepsUnknowns = keepsUnknowns
    result.prefix = prefix?.mappingTokens(transform)
    result.given = given.map { $0.map(transform) }
    result.place = place?.mappingTokens(transform)
    result.required = required.map { phrase in
      RequiredPhrase(
        alternatives: phrase.alternatives.map { $0.map(transform) },
        initialAlternatives: phrase.initialAlternatives.map { $0.map(transform) },
        sourceTokens: phrase.sourceTokens)
    }
    result.forbidden = forbidden.map { $0.map(transform) }.filter { !$0.contains(SpecialTokens.absent) }
    return result
  }
}

/// A phrase that a translation must contain, in one of several forms.
public struct RequiredPhrase: Sendable, Equatable {
  /// The forms, each one or more tokens; one of them must occur.
  public var alternatives: [[TokenID]]
  /// More forms that only the beginning of a translation may have, such as capitalized ones.
  public var initialAlternatives: [[TokenID]]
  /// The places of the source tokens that it translates; empty if they are not known.
  public var sourceTokens: Range<Int>

  /// A phrase.
  public init(
    alternatives: [[TokenID]], initialAlternatives: [[TokenID]] = [], sourceTokens: Range<Int> = 0..<0
  ) {
    (self.alternatives, self.initialAlternatives) = (alternatives, initialAlternatives)
    self.sourceTokens = sourceTokens
  }
}
