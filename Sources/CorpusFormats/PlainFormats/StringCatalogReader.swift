import Files

/// Reads Apple's string catalogs, `.xcstrings`.
///
/// Source: files written by Xcode 15 and 16; Apple does not specify the format.
struct StringCatalogReader: UnitReader {
  /// A translation: one text, or one for each plural category.
  private struct Localization: Sendable {
    var forms: [(category: String, text: String, unit: LocatedJSON)] = []
    var isPlural = false

    init(_ value: LocatedJSON?) {
      if let unit = value?["stringUnit"], let text = unit["value"]?.text { forms = [("", text, unit)] }
      for member in value?["variations"]?["plural"]?.members ?? [] {
        guard let unit = member.value["stringUnit"], let text = unit["value"]?.text else { continue }
        forms.append((member.key, text, unit))
        isPlural = true
      }
    }
  }

  private var entries: ArraySlice<LocatedJSON.Member>
  private let sourceLanguage: String
  private var languages: MemoryLanguages
  private let codes: [String]
  private let text: [UInt8]

  var seenLanguages: Set<String> { Set(codes) }

  /// - Throws: `FileError` if the text is not a catalog.
  init(_ text: [UInt8], languages: MemoryLanguages) throws(FileError) {
    let tree = try LocatedJSONParser.parse(text, path: languages.path)
    guard let source = tree["sourceLanguage"]?.text, case .object? = tree["strings"] else {
      throw .invalidFormat(
        path: languages.path, place: "", found: "no 'sourceLanguage' or 'strings'",
        expected: "a string catalog", hint: "")
    }
    sourceLanguage = source
    entries = tree["strings"]?.members[...] ?? []
    var seen = [source]
    for entry in entries {
      for member in entry.value["localizations"]?.members ?? []
      where !seen.contains(member.key) && seen.count < 1000 {
        seen.append(member.key)
      }
    }
    (self.languages, self.text, codes) = (languages, text, seen)
  }

  mutating func next() throws(FileError) -> LocatedUnit? {
    guard let entry = entries.popFirst() else { return nil }
    let localizations = entry.value["localizations"]
    guard let choice = try languages.choose(codes, declared: sourceLanguage) else {
      var unit = TranslationUnit()
      (unit.sourceLanguage, unit.targetLanguage) = (sourceLanguage, languages.target)
      throw .otherLanguages(languages.path, languages.source, languages.target, unit)
    }
    var unit = TranslationUnit()
    unit.id = entry.key
    unit.sourceLanguage = codes[choice.source]
    unit.targetLanguage = choice.targets.first.map { codes[$0] } ?? languages.target
    if let comment = entry.value["comment"]?.text { unit.notes = [comment] }
    let source = Localization(localizations?[unit.sourceLanguage])
    let target = Localization(localizations?[unit.targetLanguage])
    let texts = source.forms.map(\.text)
    // A key is its own text in the language of the catalog.
    let own = unit.sourceLanguage == sourceLanguage ? [entry.key] : []
    unit.source = (texts.isEmpty ? own : texts).map(TaggedText.init)
    let states = target.forms.map { state($0.unit, $0.text) }
    unit.targets = target.forms.isEmpty ? [] : [target.forms.map { TaggedText($0.text) }]
    unit.singularForm = target.forms.firstIndex { $0.category == "one" } ?? target.forms.count
    let isTranslated =
      entry.value["shouldTranslate"].map { !text[$0.range].elementsEqual("false".utf8) } ?? true
    unit.state =
      !isTranslated
      ? .doNotTranslate
      : states.isEmpty || states.contains(.untranslated)
        ? .untranslated
        : states.contains(.needsReview) ? .needsReview : .translated
    if source.isPlural {
      // The last category is 'other', which is the plural.
      let last = max(0, unit.source.count - 1)
      let one = source.forms.firstIndex { $0.category == "one" } ?? last
      unit.source = last == one ? [unit.source[last]] : [unit.source[one], unit.source[last]]
    }
    // A translation of another kind, such as one for each device, stays as it is.
    if target.forms.isEmpty, localizations?[unit.targetLanguage] != nil {
      return LocatedUnit(unit, places: []) { _ in [] }
    }
    return located(
      unit, entry, source.isPlural, target.forms.map(\.unit), target.forms.map(\.category), states)
  }

  private func state(_ unit: LocatedJSON, _ text: String) -> TranslationState {
    switch unit["state"]?.text {
    case "new": .untranslated
    case "needs_review", "stale": text.isEmpty ? .untranslated : .needsReview
    default: text.isEmpty ? .untranslated : .translated
    }
  }

  private func located(
    _ unit: TranslationUnit, _ entry: LocatedJSON.Member, _ isPlural: Bool, _ present: [LocatedJSON],
    _ categories: [String], _ states: [TranslationState]
  ) -> LocatedUnit {
    guard present.isEmpty else {
      let places = zip(categories, states).map { category, state in
        LocatedUnit.Place(
          source: category == "one" || unit.source.count < 2 ? 0 : 1,
          state: unit.state == .doNotTranslate ? .doNotTranslate : state)
      }
      return LocatedUnit(unit, places: places) { texts in
        zip(present, texts.forms).flatMap { unit, text in
          text.map { replacement(unit, $0.plain, texts.mark) } ?? []
        }
      }
    }
    // A new translation has the categories that the source has: which others its language needs is Xcode's to know.
    let names = isPlural ? (unit.source.count > 1 ? ["one", "other"] : ["other"]) : [""]
    let places = names.indices.map {
      LocatedUnit.Place(source: min($0, max(0, unit.source.count - 1)), state: unit.state)
    }
    let (language, value) = (unit.targetLanguage, entry.value)
    return LocatedUnit(unit, places: unit.source.isEmpty ? [] : places) { texts in
      guard !language.isEmpty, texts.forms.allSatisfy({ $0 != nil }) else { return [] }
      let state = stateName(texts.mark)
      let units = texts.forms.compactMap { $0.map { stringUnit($0.plain, state) } }
      let content =
        isPlural
        ? JSONTree.object([
          .init(
            key: "variations",
            value: .object([
              .init(key: "plural", value: .object(zip(names, units).map { .init(key: $0, value: $1) }))
            ]))
        ]) : units.first ?? .null
      return insertion(of: content, language: language, into: value, texts.source)
    }
  }
}

private func stateName(_ mark: FillMark) -> String { mark == .unmarked ? "translated" : "needs_review" }

private func stringUnit(_ text: String, _ state: String) -> JSONTree {
  .object([
    .init(
      key: "stringUnit",
      value: .object([
        .init(key: "state", value: .string(state)), .init(key: "value", value: .string(text)),
      ]))
  ])
}

/// The changes that replace the text and the state of a translation.
private func replacement(_ unit: LocatedJSON, _ text: String, _ mark: FillMark) -> [Edit] {
  guard let value = unit["value"] else { return [] }
  let state = unit["state"].map { [Edit($0.range, JSONTree.string(stateName(mark)).text())] } ?? []
  return state + [Edit(value.range, JSONTree.string(text).text())]
}

/// The change that adds a translation to an entry.
private func insertion(
  of content: JSONTree, language: String, into entry: LocatedJSON, _ source: (Range<Int>) -> String
) -> [Edit] {
  let member = JSONTree.Member(key: language, value: content)
  if let localizations = entry["localizations"] {
    return [adding(member, to: localizations, level: 3, source)]
  }
  return [
    adding(JSONTree.Member(key: "localizations", value: .object([member])), to: entry, level: 2, source)
  ]
}

/// Adds a member to an object as Xcode writes it, in the order of keys.
private func adding(
  _ member: JSONTree.Member, to object: LocatedJSON, level: Int, _ source: (Range<Int>) -> String
) -> Edit {
  let indentation = String(repeating: "  ", count: level + 1)
  let text = JSONTree.string(member.key).text() + " : " + member.value.text(indentation: indentation)
  if let next = object.members.first(where: { $0.key > member.key }) {
    return Edit(at: next.start, text + ",\n" + indentation)
  }
  if let last = object.members.last {
    return Edit(at: last.value.range.upperBound, ",\n" + indentation + text)
  }
  return Edit(object.range, "{\n\(indentation)\(text)\n\(indentation.dropLast(2))}")
}
