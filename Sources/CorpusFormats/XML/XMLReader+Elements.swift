import Files

/// The places of an element in a file.
struct ElementPlace: Sendable {
  /// The start tag.
  let start: Range<Int>
  /// The content; empty, at the end of the tag, for an element that is written as one tag.
  var content = 0..<0
  /// The end of the element.
  var end = 0
  let isEmptyTag: Bool
}

/// The longest note, name or other text beside segments; the rest is left out.
private let longestNote = 1 << 16

extension XMLReader {
  /// The most parts of one unit, so that a damaged file does not fill the memory.
  static let mostParts = 10_000

  /// Throws an error if a unit has too many parts.
  func requireFew(_ count: Int, _ parts: String) throws(FileError) {
    guard count <= Self.mostParts else {
      throw .invalidFormat(
        path: path, place: "", found: "more than \(Self.mostParts) \(parts)", expected: "fewer",
        hint: "the file is probably damaged")
    }
  }

  /// Reads the rest of an element of which the start was read.
  func skipElement() throws(FileError) {
    var depth = 1
    while depth > 0, let event = try next() {
      if event.kind == .start { depth += 1 }
      if event.kind == .end { depth -= 1 }
    }
  }

  /// The text of an element of which the start was read, without its tags.
  func text() throws(FileError) -> String {
    var (depth, text) = (1, "")
    while depth > 0, let event = try next() {
      switch event.kind {
      case .start: depth += 1
      case .end: depth -= 1
      case .text where text.utf8.count < longestNote: text += event.text
      default: break
      }
    }
    return text
  }

  /// Reads the content of an element, whose start was read, as a segment.
  ///
  /// - Parameters:
  ///   - start: the event of the start tag.
  ///   - element: what an element within it is.
  /// - Returns: the text and its places.
  /// - Throws: ``FileError`` if reading fails, or if the segment is too long.
  func segment(_ start: XMLEvent, _ element: (XMLEvent) -> SegmentBuilder.Element) throws(FileError)
    -> (text: TaggedText, place: ElementPlace)
  {
    let isEmptyTag = source(of: start.range).hasSuffix("/>")
    var place = ElementPlace(start: start.range, isEmptyTag: isEmptyTag)
    var (builder, depth) = (SegmentBuilder(), 0)
    while let event = try next() {
      if event.kind == .start { depth += 1 }
      if event.kind == .end {
        depth -= 1
        if depth < 0 {
          place.finish(event)
          break
        }
      }
      builder.add(event, source: source(of: event.range), element(event))
      try requireShort(builder)
    }
    return (builder.text, place)
  }

  func requireShort(_ builder: SegmentBuilder) throws(FileError) {
    guard builder.size <= SegmentBuilder.longest else {
      throw .invalidFormat(
        path: path, place: "", found: "a segment of more than \(SegmentBuilder.longest >> 20) MiB",
        expected: "a shorter one", hint: "the file is probably damaged")
    }
  }
}

extension ElementPlace {
  /// Completes the places by the event of the end.
  mutating func finish(_ event: XMLEvent) {
    content = isEmptyTag ? start.upperBound..<start.upperBound : start.upperBound..<event.range.lowerBound
    end = isEmptyTag ? start.upperBound : event.range.upperBound
  }

  /// The changes that replace the content.
  ///
  /// - Parameters:
  ///   - text: the new content.
  ///   - name: the name of the element, as it is in the file.
  ///   - source: the text of a part of the file.
  ///   - change: changes attributes.
  /// - Returns: one or two changes.
  func edits(
    _ text: String, name: String, _ source: (Range<Int>) -> String,
    change: (inout StartTagText) -> Void = { _ in }
  )
    -> [Edit]
  {
    let before = source(start)
    var tag = StartTagText(before)
    change(&tag)
    if isEmptyTag {
      tag.open()
      return [Edit(start, "\(tag.text)\(text)</\(name)>")]
    }
    return (tag.text == before ? [] : [Edit(start, tag.text)]) + [Edit(content, text)]
  }
}

/// White space before an element, to write another like it.
struct SpaceBefore: Sendable {
  /// The white space between the latest tag and the next one; empty if there is something else.
  private(set) var text = ""

  mutating func note(_ event: XMLEvent) {
    text = event.kind == .text && event.text.allSatisfy(\.isWhitespace) ? event.text : ""
  }
}
