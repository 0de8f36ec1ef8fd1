/// A line to translate, with what only this line asks for.
///
/// What all lines of a call ask for is in ``TranslationRequest``.
public struct SourceLine: Sendable, Equatable, ExpressibleByStringLiteral {
  /// The text as UTF-8, without a line end; invalid bytes are repaired and reported.
  public var text: [UInt8]

  /// A line of UTF-8.
  public init(utf8 text: [UInt8]) { self.text = text }

  /// A line.
  public init(_ text: String) { self.init(utf8: Array(text.utf8)) }

  /// A line.
  public init(stringLiteral text: String) { self.init(text) }
}
