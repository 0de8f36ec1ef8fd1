import Files

/// Reads a `trans-unit` of XLIFF 1, which may be cut into segments by marks.
struct TransUnitReader {
  private let reader: XLIFFReader
  private var xml: XMLReader { reader.xml }

  init(_ reader: XLIFFReader) { self.reader = reader }

  /// What the unit has beside its texts.
  struct Parts: Sendable {
    var source: SegmentedContent?
    var segmentedSource: SegmentedContent?
    var target: SegmentedContent?
    var targetState: String?
    /// Where a new target goes.
    var anchor = 0
    var space = ""
    /// The start of the name of elements, such as `xlf:`.
    var prefix = ""
    var definitions: [SegmentDefinition] = []
    var isTranslated = true
    var isApproved = false
  }

  func read(_ start: XMLEvent) throws(FileError) -> LocatedUnit {
    var (unit, parts, space) = (reader.makeUnit(start), Parts(), SpaceBefore())
    parts.isTranslated = reader.isTranslated(start)
    parts.isApproved = start.attribute("approved") == "yes"
    parts.prefix = String(start.name.dropLast("trans-unit".count))
    while let event = try xml.next(), event.kind != .end {
      if event.kind == .start {
        switch reader.name(event) {
        case "source":
          parts.space = space.text
          let content = try xml.segmentedContent(event, reader)
          (parts.source, parts.anchor) = (content, max(parts.anchor, content.place.end))
        case "seg-source":
          let content = try xml.segmentedContent(event, reader)
          (parts.segmentedSource, parts.anchor) = (content, content.place.end)
        case "target":
          parts.target = try xml.segmentedContent(event, reader)
          parts.targetState = event.attribute("state")
        case "note": unit.add(note: try xml.text())
        case "sdl:seg-defs": parts.definitions = try readDefinitions()
        // Also `alt-trans`: what a memory or a machine proposes is no translation.
        default: try xml.skipElement()
        }
      }
      space.note(event)
    }
    return parts.located(unit)
  }

  private func readDefinitions() throws(FileError) -> [SegmentDefinition] {
    var definitions: [SegmentDefinition] = []
    while let event = try xml.next(), event.kind != .end {
      guard event.kind == .start else { continue }
      if event.name == "sdl:seg" { definitions.append(SegmentDefinition(event)) }
      try xml.requireFew(definitions.count, "'sdl:seg' in one unit")
      try xml.skipElement()
    }
    return definitions
  }
}

/// What SDL's tools say about a segment: `sdl:seg`.
struct SegmentDefinition: Sendable {
  let id: String
  let confirmation: String?
  let origin: String?
  let isLocked: Bool
  let tag: Range<Int>

  init(_ event: XMLEvent) {
    (id, tag) = (event.attribute("id") ?? "", event.range)
    (confirmation, origin) = (event.attribute("conf"), event.attribute("origin"))
    isLocked = event.attribute("locked") == "true"
  }

  /// The state of a segment that has a translation.
  var state: TranslationState {
    switch confirmation {
    case "Translated", "ApprovedTranslation", "ApprovedSignOff": .translated
    // Not confirmed: perfect matches of a memory come so, but so does machine translation.
    default: .needsReview
    }
  }
}
