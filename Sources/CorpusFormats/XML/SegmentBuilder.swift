/// Makes the text of a segment from events, with the elements within as tags.
struct SegmentBuilder {
  /// What an element within a segment is.
  enum Element {
    /// Its tags stand for themselves, and its content is text.
    case paired
    /// All of it is one tag.
    case opaque(InlineTag.Kind)
  }

  /// The longest segment, so that a damaged file does not fill the memory.
  static let longest = 1 << 24

  private(set) var text = TaggedText()
  private(set) var size = 0
  /// Whether it is within an element that is one tag.
  var isWithinTag: Bool { depth > 0 }
  private var depth = 0
  private var code = ""
  private var kind = InlineTag.Kind.standalone

  /// - Parameters:
  ///   - event: anything but the tags of the segment itself.
  ///   - source: the event as it is in the file.
  ///   - element: what the element is; for other events it does not matter.
  mutating func add(_ event: XMLEvent, source: @autoclosure () -> String, _ element: Element = .paired) {
    size += event.text.utf8.count + event.range.count
    switch event.kind {
    case .text:
      if depth > 0 { code += source() } else { text.append(event.text) }
    case .sectionMark: if depth > 0 { code += source() }
    case .comment:
      if depth > 0 { code += source() } else { text.append(InlineTag(.standalone, code: source())) }
    case .start: start(source(), element)
    case .end: end(event, source())
    }
  }

  private mutating func start(_ source: String, _ element: Element) {
    if depth > 0 {
      (code, depth) = (code + source, depth + 1)
      return
    }
    switch element {
    case .opaque(let kind): (self.kind, code, depth) = (kind, source, 1)
    case .paired where source.hasSuffix("/>"): text.append(InlineTag(.standalone, code: source))
    case .paired: text.append(InlineTag(.opening, code: source))
    }
  }

  private mutating func end(_ event: XMLEvent, _ source: String) {
    let isEmptyTag = !source.hasPrefix("</")
    if depth > 0 {
      if !isEmptyTag { code += source }
      depth -= 1
      if depth == 0 { text.append(InlineTag(kind, code: code)) }
    } else if !isEmptyTag {
      text.append(InlineTag(.closing, code: source))
    }
  }
}
