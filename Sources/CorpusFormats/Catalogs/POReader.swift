import Files

/// Reads a catalog of GNU gettext.
struct POReader: UnitReader {
  private var parser: POParser
  private(set) var header = CatalogHeader()

  /// - Parameters:
  ///   - text: the whole file as UTF-8.
  ///   - path: its name for messages.
  init(_ text: [UInt8], path: String) { parser = POParser(text, path: path) }

  mutating func next() throws(FileError) -> LocatedUnit? {
    while let entry = try parser.next() {
      if entry.isHeader {
        // A template's header is marked fuzzy and still declares what it declares.
        if !entry.isObsolete { header = CatalogHeader(entry.forms.first?.text ?? "") }
        continue
      }
      guard !entry.isObsolete, !entry.forms.isEmpty else { continue }
      return located(entry)
    }
    return nil
  }

  private func located(_ entry: POEntry) -> LocatedUnit {
    var unit = TranslationUnit()
    unit.id = entry.id ?? ""
    unit.context = entry.context ?? ""
    unit.notes = entry.notes
    (unit.sourceLanguage, unit.targetLanguage) = (header.sourceLanguage, header.language)
    unit.source = [entry.id, entry.plural].compactMap(\.self).map(TaggedText.init)
    let forms = entry.forms.sorted { $0.index < $1.index }
    unit.targets = [forms.map { TaggedText($0.text) }]
    unit.singularForm = header.plural.singular
    let isComplete = forms.allSatisfy { !$0.text.isEmpty }
    let written = entry.flags.contains("fuzzy") ? TranslationState.needsReview : .translated
    unit.state = isComplete ? written : .untranslated
    let hasPlural = entry.plural != nil
    let places = forms.map { form in
      let isSingular = !hasPlural || forms.count > 1 && form.index == unit.singularForm
      return LocatedUnit.Place(
        source: isSingular ? 0 : 1, state: form.text.isEmpty ? .untranslated : written)
    }
    return LocatedUnit(unit, places: places) { edits(of: entry, forms, $0) }
  }
}

private func edits(of entry: POEntry, _ forms: [POEntry.Form], _ texts: LocatedUnit.Texts) -> [Edit] {
  var edits: [Edit] = []
  switch texts.mark {
  case .fuzzy:
    guard !entry.flags.contains("fuzzy") else { break }
    if let flags = entry.flagsStart {
      edits.append(Edit(flags..<flags + 2, "#, fuzzy,"))
    } else if let start = entry.messageStart {
      edits.append(Edit(at: start, "#, fuzzy\n"))
    }
  case .comment: edits.append(Edit(at: entry.start, "# \(FillMark.commentText)\n"))
  case .unmarked: break
  }
  for (form, text) in zip(forms, texts.forms) {
    if let text { edits.append(Edit(form.range, quotedForCatalog(text.plain))) }
  }
  return edits
}
