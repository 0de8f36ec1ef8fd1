public import Files

/// Reads the entries of a glossary, TBX 2 or 3.
///
/// Both styles of TBX 3 are read: data categories as attributes (DCA) and as elements (DCT).
///
/// Source: ISO 30042:2008 and 2019, "TermBase eXchange".
public struct GlossaryReader {
  private let xml: XMLReader

  /// Opens a file.
  ///
  /// - Parameter path: the file, plain or gzip; `-` is standard input.
  /// - Throws: ``FileError`` if it cannot be read.
  public init(path: String) throws(FileError) {
    self.init(XMLReader(path: path, pieces: try pieces(ofFile: path)))
  }

  init(_ xml: XMLReader) { self.xml = xml }

  /// The next entry; nil after the last one.
  ///
  /// - Throws: ``FileError`` if reading fails or the file is damaged.
  public mutating func next() throws(FileError) -> GlossaryEntry? {
    while let event = try xml.next() {
      guard event.kind == .start, ["termEntry", "conceptEntry"].contains(localName(event)) else { continue }
      return try readEntry(event)
    }
    return nil
  }

  private func localName(_ event: XMLEvent) -> String {
    event.name.split(separator: ":").last.map(String.init) ?? ""
  }

  private func readEntry(_ start: XMLEvent) throws(FileError) -> GlossaryEntry {
    var entry = GlossaryEntry()
    entry.id = start.attribute("id") ?? ""
    var (depth, language) = (1, "")
    while depth > 0, let event = try xml.next() {
      if event.kind == .end { depth -= 1 }
      guard event.kind == .start else { continue }
      let name = localName(event)
      switch event.attribute("type") ?? name {
      case _ where name == "langSet" || name == "langSec":
        language = event.attribute("xml:lang") ?? event.attribute("lang") ?? ""
        depth += 1
      case _ where name == "term":
        entry.terms.append(.init(language: language, text: try xml.text().trimmed, status: ""))
        try xml.requireFew(entry.terms.count, "terms in one entry")
      case "administrativeStatus", "normativeAuthorization", "processStatus":
        let status = try xml.text().trimmed
        if let last = entry.terms.indices.last, entry.terms[last].status.isEmpty {
          entry.terms[last].status = status
        }
      case "subjectField": entry.subject = try xml.text().trimmed
      case "definition":
        let definition = try xml.text().trimmed
        if entry.definition.isEmpty { entry.definition = definition }
      default: depth += 1
      }
    }
    return entry
  }
}

/// Reads the terms of a glossary in two languages as units.
struct GlossaryUnitReader: UnitReader {
  private var reader: GlossaryReader
  private var languages: MemoryLanguages

  var seenLanguages: Set<String> { languages.seen }

  init(_ xml: XMLReader, languages: MemoryLanguages) {
    (reader, self.languages) = (GlossaryReader(xml), languages)
  }

  mutating func next() throws(FileError) -> LocatedUnit? {
    while let entry = try reader.next() {
      guard let choice = try languages.choose(entry.terms.map(\.language), declared: "") else { continue }
      var unit = TranslationUnit()
      (unit.id, unit.context) = (entry.id, entry.subject)
      if !entry.definition.isEmpty { unit.notes = [entry.definition] }
      let targets = choice.targets.map { entry.terms[$0] }
      unit.source = [TaggedText(entry.terms[choice.source].text)]
      unit.targets = targets.map { [TaggedText($0.text)] }
      unit.sourceLanguage = entry.terms[choice.source].language
      unit.targetLanguage = targets.first?.language ?? languages.target
      unit.state = unit.hasTranslation ? .translated : .untranslated
      return LocatedUnit(unit)
    }
    return nil
  }
}
