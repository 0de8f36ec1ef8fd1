public import Text

/// A protected span of the source, and how it got into the translation.
public struct ProtectedResult: Sendable, Equatable {
  /// How a span got into a translation.
  public enum State: String, Sendable {
    /// The model copied it or, for markup, alignment found its place.
    case found
    /// The model left it out, and it was inserted where alignment says.
    case inserted
    /// It is not there.
    case missing
  }

  /// Its text.
  public var text: String
  /// What it is.
  public var kind: SpanKind
  /// How it got into the translation.
  public var state: State
  /// Which search found the translation, from 1: others follow if one leaves spans out.
  ///
  /// Nil if the model need not copy it.
  public var attempt: Int?
}
