import Files

/// Reads translations of Qt Linguist.
///
/// Source: Qt's manual, "Qt Linguist Manual: TS File Format".
struct QtReader: UnitReader {
  private let xml: XMLReader
  private var sourceLanguage = ""
  private var targetLanguage = ""
  private var context = ""
  private var space = SpaceBefore()

  init(_ xml: XMLReader) { self.xml = xml }

  mutating func next() throws(FileError) -> LocatedUnit? {
    while let event = try xml.next() {
      guard event.kind == .start else { continue }
      switch event.name {
      case "TS":
        sourceLanguage = event.attribute("sourcelanguage") ?? ""
        targetLanguage = event.attribute("language") ?? ""
      case "name": context = try xml.text()
      case "message": if let unit = try readMessage(event) { return unit }
      default: break
      }
    }
    return nil
  }

  private mutating func readMessage(_ start: XMLEvent) throws(FileError) -> LocatedUnit? {
    var unit = TranslationUnit()
    unit.id = start.attribute("id") ?? ""
    unit.context = context
    (unit.sourceLanguage, unit.targetLanguage) = (sourceLanguage, targetLanguage)
    var translation: QtTranslation?
    var (end, sourceSpace) = (0, "")
    while let event = try xml.next(), event.kind != .end {
      if event.kind == .start {
        switch event.name {
        case "source":
          let segment = try xml.segment(event, element)
          (unit.source, end, sourceSpace) = ([segment.text], segment.place.end, space.text)
        case "comment", "extracomment", "translatorcomment": unit.add(note: try xml.text())
        case "translation": translation = try readTranslation(event)
        default: try xml.skipElement()
        }
      }
      space.note(event)
    }
    guard !unit.source.isEmpty else { return nil }
    guard let translation else {
      return LocatedUnit(unit) { [end, sourceSpace] texts in
        guard let text = texts.forms.first, let text else { return [] }
        let tag = texts.mark == .fuzzy ? "<translation type=\"unfinished\">" : "<translation>"
        return [Edit(at: end, "\(sourceSpace)\(tag)\(text.xml)</translation>")]
      }
    }
    guard !["vanished", "obsolete"].contains(translation.type) else { return nil }
    unit.targets = [translation.forms.map(\.text)]
    let written = translation.type == "unfinished" ? TranslationState.needsReview : .translated
    let isComplete = !translation.forms.isEmpty && translation.forms.allSatisfy { !$0.text.isEmpty }
    unit.state = isComplete ? written : .untranslated
    let places = translation.forms.map {
      LocatedUnit.Place(source: 0, state: $0.text.isEmpty ? .untranslated : written)
    }
    return LocatedUnit(unit, places: places) { edits(translation, $0) }
  }

  private func readTranslation(_ start: XMLEvent) throws(FileError) -> QtTranslation {
    let isEmptyTag = xml.source(of: start.range).hasSuffix("/>")
    var translation = QtTranslation(
      type: start.attribute("type"), space: space.text,
      place: ElementPlace(start: start.range, isEmptyTag: isEmptyTag))
    var (builder, depth) = (SegmentBuilder(), 0)
    while let event = try xml.next() {
      if event.kind == .start, depth == 0, event.name == "numerusform" {
        translation.forms.append(try xml.segment(event, element))
        try xml.requireFew(translation.forms.count, "forms of one message")
        translation.hasForms = true
        continue
      }
      if event.kind == .start { depth += 1 }
      if event.kind == .end {
        depth -= 1
        if depth < 0 {
          translation.place.finish(event)
          break
        }
      }
      builder.add(event, source: xml.source(of: event.range), element(event))
      try xml.requireShort(builder)
    }
    if !translation.hasForms { translation.forms = [(builder.text, translation.place)] }
    return translation
  }
}

private func element(_ event: XMLEvent) -> SegmentBuilder.Element {
  event.name == "byte" ? .opaque(.standalone) : .paired
}

/// Where a translation is.
private struct QtTranslation: Sendable {
  var type: String?
  var space = ""
  var place: ElementPlace
  var forms: [(text: TaggedText, place: ElementPlace)] = []
  var hasForms = false
}

/// The changes that write translations and mark them.
private func edits(_ translation: QtTranslation, _ texts: LocatedUnit.Texts) -> [Edit] {
  let before = texts.source(translation.place.start)
  func mark(_ tag: inout StartTagText) {
    if texts.mark == .fuzzy { tag.set("type", "unfinished") } else { tag.remove("type") }
  }
  var edits: [Edit] = []
  if texts.mark == .comment {
    let note = "<translatorcomment>\(FillMark.commentText)</translatorcomment>\(translation.space)"
    edits.append(Edit(at: translation.place.start.lowerBound, note))
  }
  guard translation.hasForms else {
    guard let text = texts.forms.first, let text else { return [] }
    return edits + translation.place.edits(text.xml, name: "translation", texts.source, change: mark)
  }
  var tag = StartTagText(before)
  mark(&tag)
  if tag.text != before { edits.append(Edit(translation.place.start, tag.text)) }
  for (form, text) in zip(translation.forms, texts.forms) {
    if let text { edits += form.place.edits(text.xml, name: "numerusform", texts.source) }
  }
  return edits
}
