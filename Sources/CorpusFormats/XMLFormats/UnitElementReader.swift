import Files

/// Reads a `unit` of XLIFF 2, whose segments are independent.
struct UnitElementReader {
  private let reader: XLIFFReader
  private var xml: XMLReader { reader.xml }

  init(_ reader: XLIFFReader) { self.reader = reader }

  func read(_ start: XMLEvent) throws(FileError) -> [LocatedUnit] {
    var unit = reader.makeUnit(start)
    var units: [LocatedUnit] = []
    let isTranslated = reader.isTranslated(start)
    while let event = try xml.next(), event.kind != .end {
      guard event.kind == .start else { continue }
      switch reader.name(event) {
      case "segment":
        if let segment = try readSegment(event, unit, isTranslated) { units.append(segment) }
        try xml.requireFew(units.count, "segments in one unit")
      case "notes": try readNotes(into: &unit)
      default: try xml.skipElement()
      }
    }
    if units.count > 1 {
      for index in units.indices where units[index].unit.id == unit.id {
        units[index].unit.id += "/\(index + 1)"
      }
    }
    return units
  }

  private func readNotes(into unit: inout TranslationUnit) throws(FileError) {
    while let event = try xml.next(), event.kind != .end {
      if event.kind == .start { unit.add(note: try xml.text()) }
    }
  }

  private func readSegment(_ start: XMLEvent, _ base: TranslationUnit, _ isTranslated: Bool) throws(FileError)
    -> LocatedUnit?
  {
    var (unit, space) = (base, SpaceBefore())
    if let id = start.attribute("id") { unit.id += "/\(id)" }
    var (sourcePlace, targetPlace): (ElementPlace?, ElementPlace?) = (nil, nil)
    var (sourceSpace, name) = ("", "target")
    while let event = try xml.next(), event.kind != .end {
      if event.kind == .start {
        switch reader.name(event) {
        case "source":
          let segment = try xml.segment(event, reader.element)
          (unit.source, sourcePlace, sourceSpace) = ([segment.text], segment.place, space.text)
          name = String(event.name.dropLast("source".count)) + name
        case "target":
          let segment = try xml.segment(event, reader.element)
          (unit.targets, targetPlace) = ([[segment.text]], segment.place)
        default: try xml.skipElement()
        }
      }
      space.note(event)
    }
    guard let sourcePlace else { return nil }
    let state = start.attribute("state")
    if !isTranslated {
      unit.state = .doNotTranslate
    } else if !unit.hasTranslation || state == "initial" {
      unit.state = .untranslated
    } else {
      // Machine translation that nobody reviewed, as we mark it ourselves.
      unit.state = start.attribute("subState") == needsReview ? .needsReview : .translated
    }
    let tag = start.range
    return LocatedUnit(unit) { [name, sourceSpace, targetPlace] texts in
      guard let text = texts.forms.first, let text else { return [] }
      let comment = texts.mark == .comment ? "<!-- \(FillMark.commentText) -->" : ""
      let target =
        targetPlace?.edits(comment + text.xml, name: name, texts.source)
        ?? [Edit(at: sourcePlace.end, "\(sourceSpace)<\(name)>\(comment)\(text.xml)</\(name)>")]
      return stateEdits(texts.source(tag), tag, state, texts.mark) + target
    }
  }
}

/// The sub-state of machine translation; XLIFF 2 leaves its values to tools, behind a prefix.
private let needsReview = "mt:needs-review"

private func stateEdits(_ source: String, _ range: Range<Int>, _ state: String?, _ mark: FillMark) -> [Edit] {
  var tag = StartTagText(source)
  if mark == .fuzzy {
    tag.set("state", "translated")
    tag.set("subState", needsReview)
  } else if state == "initial" {
    tag.set("state", "translated")
  }
  return tag.text == source ? [] : [Edit(range, tag.text)]
}
