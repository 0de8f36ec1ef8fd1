/// A formatting code, placeholder or mark within a segment.
public struct InlineTag: Sendable, Equatable {
  /// What a tag does.
  public enum Kind: Sendable, Equatable {
    /// It begins something that another tag ends.
    case opening
    /// It ends something.
    case closing
    /// It stands for itself.
    case standalone
  }

  /// What it does.
  public let kind: Kind
  /// The tag exactly as it is in the file, such as `<g id="1">`.
  public let code: String

  /// A tag.
  public init(_ kind: Kind, code: String) { (self.kind, self.code) = (kind, code) }
}

/// The text of a segment, with its tags in their places.
public struct TaggedText: Sendable, Equatable {
  /// A stretch of text, or a tag.
  public enum Piece: Sendable, Equatable {
    /// Text as a reader sees it, without escapes.
    case text(String)
    /// A tag.
    case tag(InlineTag)
  }

  /// Text and tags in order; no text is empty, and none follows another.
  public private(set) var pieces: [Piece] = []

  /// No text.
  public init() {}

  /// Text without tags.
  public init(_ text: String) { append(text) }

  /// Appends text.
  public mutating func append(_ text: String) {
    guard !text.isEmpty else { return }
    if case .text(var before) = pieces.last {
      // Taken out first, so that it is not copied: a segment may come in a million stretches.
      pieces.removeLast()
      before += text
      pieces.append(.text(before))
    } else {
      pieces.append(.text(text))
    }
  }

  /// Appends a tag.
  public mutating func append(_ tag: InlineTag) { pieces.append(.tag(tag)) }

  /// The text with the code of its tags, or without it.
  public func text(keepingTags: Bool) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .tag(let tag): keepingTags ? tag.code : ""
      }
    }.joined()
  }

  /// The text without its tags.
  public var plain: String { text(keepingTags: false) }
  /// The tags in order.
  public var tags: [InlineTag] {
    pieces.compactMap { piece in
      guard case .tag(let tag) = piece else { return nil }
      return tag
    }
  }
  /// Whether it has neither text other than white space nor tags.
  public var isEmpty: Bool { !hasText && tags.isEmpty }
  /// Whether it has text other than white space.
  public var hasText: Bool {
    pieces.contains { piece in
      guard case .text(let text) = piece else { return false }
      return text.unicodeScalars.contains { !$0.properties.isWhitespace }
    }
  }
}
