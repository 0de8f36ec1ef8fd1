extension TransUnitReader.Parts {
  /// The unit with its texts, and the way to write translations.
  func located(_ base: TranslationUnit) -> LocatedUnit {
    var unit = base
    let segments = segmentedSource?.segments ?? []
    // A target without marks is one of the whole unit.
    let isSegmented =
      segments.count == 1 || target?.segments.isEmpty == false || target?.whole.hasText != true
    guard !segments.isEmpty, isSegmented else {
      let source = source ?? segmentedSource
      unit.source = source.map { [$0.whole] } ?? []
      unit.targets = target.map { [[$0.whole]] } ?? []
      unit.state = state(unit.hasTranslation, definitions.first)
      return LocatedUnit(unit) { wholeEdits($0) }
    }
    unit.source = segments.map(\.text)
    // Without marks, the target of a unit with one segment is that of the segment.
    let isWhole = segments.count == 1 && target?.segments.isEmpty == true
    let targets = segments.map { segment in
      isWhole ? target?.whole ?? TaggedText() : target?.segment(segment.id)?.text ?? TaggedText()
    }
    unit.targets = [targets]
    let places = segments.indices.map { index in
      let definition = definitions.first { $0.id == segments[index].id }
      return LocatedUnit.Place(source: index, state: state(!targets[index].isEmpty, definition))
    }
    unit.state = places.map(\.state).contains(.untranslated) ? .untranslated : places[0].state
    var located = LocatedUnit(unit, places: places) { segmentEdits($0, segments) }
    located.isSegmented = true
    return located
  }

  private func state(_ hasTranslation: Bool, _ definition: SegmentDefinition?) -> TranslationState {
    if !isTranslated || definition?.isLocked == true && !hasTranslation { return .doNotTranslate }
    guard hasTranslation else { return .untranslated }
    if let definition { return definition.state }
    if isApproved { return .translated }
    switch targetState {
    case "new", "needs-translation": return .untranslated
    case .some(let state) where state.hasPrefix("needs-"): return .needsReview
    default: return .translated
    }
  }

  /// The changes for a unit without segments.
  private func wholeEdits(_ texts: LocatedUnit.Texts) -> [Edit] {
    guard let text = texts.forms.first, let text else { return [] }
    return targetEdits(text.xml, texts) + definitionEdits(texts, [definitions.first?.id ?? ""])
  }

  /// The changes that make a text the content of the target, as a whole.
  private func targetEdits(_ content: String, _ texts: LocatedUnit.Texts) -> [Edit] {
    let name = prefix + "target"
    let text = (texts.mark == .comment ? "<!-- \(FillMark.commentText) -->" : "") + content
    if let target { return target.place.edits(text, name: name, texts.source) { mark(&$0, texts.mark) } }
    var tag = StartTagText("<\(name)>")
    mark(&tag, texts.mark)
    return [Edit(at: anchor, "\(space)\(tag.text)\(text)</\(name)>")]
  }

  /// Marks the start tag of a target.
  private func mark(_ tag: inout StartTagText, _ mark: FillMark) {
    // SDL's tools keep the state with the segment.
    if mark == .fuzzy, definitions.isEmpty {
      tag.set("state", "needs-review-translation")
    } else if ["new", "needs-translation"].contains(targetState) {
      tag.set("state", "translated")
    }
  }

  /// The changes for a unit with segments.
  private func segmentEdits(_ texts: LocatedUnit.Texts, _ segments: [SegmentedContent.Segment]) -> [Edit] {
    let filled = segments.indices.filter { $0 < texts.forms.count && texts.forms[$0] != nil }
    guard !filled.isEmpty else { return [] }
    let definitions = definitionEdits(texts, Set(filled.map { segments[$0].id }))
    if let target, filled.allSatisfy({ target.segment(segments[$0].id) != nil }) {
      var edits = definitions
      let before = texts.source(target.place.start)
      var tag = StartTagText(before)
      mark(&tag, texts.mark)
      if tag.text != before { edits.append(Edit(target.place.start, tag.text)) }
      for index in filled {
        guard let place = target.segment(segments[index].id)?.place, let text = texts.forms[index] else {
          continue
        }
        edits += place.edits(text.xml, name: prefix + "mrk", texts.source)
      }
      return edits
    }
    return definitions + targetEdits(rebuilt(texts, segments), texts)
  }

  /// The content of a target with the marks of the source: new translations, and those that are there.
  private func rebuilt(_ texts: LocatedUnit.Texts, _ segments: [SegmentedContent.Segment]) -> String {
    guard let source = segmentedSource else { return "" }
    var (content, position) = ("", source.place.content.lowerBound)
    for (index, segment) in segments.enumerated() {
      let old = target?.segment(segment.id)?.text ?? (segments.count == 1 ? target?.whole : nil)
      let text = (index < texts.forms.count ? texts.forms[index] : nil) ?? old ?? TaggedText()
      var tag = StartTagText(texts.source(segment.place.start))
      tag.open()
      content +=
        texts.source(position..<segment.place.start.lowerBound) + tag.text + text.xml + "</\(prefix)mrk>"
      position = segment.place.end
    }
    return content + texts.source(position..<source.place.content.upperBound)
  }

  /// The changes of what SDL's tools say about segments.
  private func definitionEdits(_ texts: LocatedUnit.Texts, _ ids: Set<String>) -> [Edit] {
    definitions.filter { ids.contains($0.id) }.map { definition in
      var tag = StartTagText(texts.source(definition.tag))
      tag.set("conf", texts.mark == .unmarked ? "Translated" : "Draft")
      if texts.mark != .unmarked { tag.set("origin", "mt") }
      return Edit(definition.tag, tag.text)
    }
  }
}
