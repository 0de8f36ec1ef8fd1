/// What a protected span is.
public enum SpanKind: String, Sendable, CaseIterable {
  /// What a program replaces: `{name}`, `{0}`, `%1$s`, `%(n)d`, `%s`, `${x}`, `{{ x }}`.
  case placeholder
  /// Markup: `<b>`, `</b>`, `<br/>`, `<a href="…">`, `<!-- … -->`.
  case tag
  /// A character reference: `&amp;`, `&#39;`.
  case entity
  /// An address of the web: `https://example.org/a?b=c`, `www.example.org`.
  case url
  /// An e-mail address.
  case email
  /// A path or a name of a file: `/usr/bin`, `C:\Windows`, `src/main.swift`, `notes.txt`.
  case path
  /// A number with a unit, a version, or a long group of digits; small numbers are left to the model, since languages
  /// write them differently.
  case number
  /// A date or a time in digits.
  case date
  /// One emoji or several.
  case emoji
  /// What a pattern of the user's own matches.
  case pattern

  /// What is protected if nothing else is asked for: kinds that no language writes differently.
  public static let standard: Set<SpanKind> = [.placeholder, .tag, .entity, .url, .email, .path]
}

/// A stretch of a source line that its translation must contain as it is.
public struct ProtectedSpan: Sendable, Hashable {
  /// How a span gets into the translation.
  public enum Role: Sendable, Hashable {
    /// The model copies it: it is a word of the sentence.
    case copied
    /// The model does not see it. It marks a place, which is found by alignment.
    case standalone
    /// The model does not see it. It begins what the closing one with the same number ends, which is found by alignment.
    case opening(Int)
    /// It ends what the opening one with the same number begins.
    case closing(Int)
  }

  /// Its bytes in the line.
  public var range: Range<Int>
  /// What it is.
  public var kind: SpanKind
  /// How it gets into the translation; nil to decide by its text.
  public var role: Role?

  /// A span.
  public init(range: Range<Int>, kind: SpanKind, role: Role? = nil) {
    (self.range, self.kind, self.role) = (range, kind, role)
  }
}
