/// The tokens of a vocabulary that neither come from text nor begin lines: span tokens and the marks of terms.
public struct MarkTokens: Sendable, Equatable {
  /// The number of span tokens; see ``SpanTokens``.
  public var spans: Int
  /// Whether there are ``TermMarks``.
  public var terms: Bool

  /// None, unless given.
  public init(spans: Int = 0, terms: Bool = false) { (self.spans, self.terms) = (spans, terms) }

  /// Whether there are none.
  public var isEmpty: Bool { spans == 0 && !terms }

  /// Their names, in the order in which a new vocabulary has them.
  public var names: [String] { SpanTokens.names(spans) + (terms ? TermMarks.names : []) }

  /// Those of either.
  func union(_ other: MarkTokens) -> MarkTokens {
    MarkTokens(spans: max(spans, other.spans), terms: terms || other.terms)
  }

  /// What is wrong with them next to some tags; nil if nothing is.
  func problem(tags: [String]) -> String? {
    SpanTokens.problem(spans, tags: tags)
      ?? (terms ? TermMarks.names.first(where: tags.contains) : nil).map {
        "the tag '\($0)' has the name of a mark of terms"
      }
  }
}
