/// A term of the source, and whether its translation is used.
public struct TermResult: Sendable, Equatable {
  /// The term.
  public var source: String
  /// The forms, one of which is wanted.
  public var targets: [String]
  /// The form that the translation has; nil if it has none.
  public var found: String?
}
