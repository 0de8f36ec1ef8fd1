/// A term of the source, and whether its translation is used.
public struct TermResult: Sendable, Equatable {
  /// The term.
  public var source: String
  /// The forms, one of which is wanted.
  public var targets: [String]
  /// The form that the translation has; nil if it has none.
  public var found: String?

  /// A term with the form that was found.
  public init(source: String, targets: [String], found: String?) {
    (self.source, self.targets, self.found) = (source, targets, found)
  }
}
