import Files

/// The content of a `source`, `seg-source` or `target`: as a whole, and cut into the segments that marks show.
struct SegmentedContent: Sendable {
  /// A segment, `<mrk mtype="seg" mid="1">`.
  struct Segment: Sendable {
    let id: String
    var text = TaggedText()
    var place: ElementPlace
  }

  /// The whole content, in which the marks of segments are tags.
  var whole = TaggedText()
  var segments: [Segment] = []
  var place: ElementPlace

  func segment(_ id: String) -> Segment? { segments.first { $0.id == id } }
}

extension XMLReader {
  /// Reads the content of an element, whose start was read, with its segments.
  func segmentedContent(_ start: XMLEvent, _ reader: XLIFFReader) throws(FileError) -> SegmentedContent {
    var content = SegmentedContent(
      place: ElementPlace(start: start.range, isEmptyTag: source(of: start.range).hasSuffix("/>")))
    var whole = SegmentBuilder()
    var segment: (builder: SegmentBuilder, depth: Int)?
    var depth = 0
    while let event = try next() {
      if event.kind == .end {
        depth -= 1
        if depth < 0 {
          content.place.finish(event)
          break
        }
      }
      if let open = segment, event.kind == .end, open.depth == depth {
        content.segments[content.segments.count - 1].text = open.builder.text
        content.segments[content.segments.count - 1].place.finish(event)
        segment = nil
      }
      let source = source(of: event.range)
      let element = reader.element(event)
      segment?.builder.add(event, source: source, element)
      whole.add(event, source: source, element)
      try requireShort(whole)
      if event.kind == .start {
        if segment == nil, reader.name(event) == "mrk", event.attribute("mtype") == "seg" {
          segment = (SegmentBuilder(), depth)
          content.segments.append(
            SegmentedContent.Segment(
              id: event.attribute("mid") ?? "",
              place: ElementPlace(start: event.range, isEmptyTag: source.hasSuffix("/>"))))
        }
        depth += 1
      }
    }
    content.whole = whole.text
    return content
  }
}
