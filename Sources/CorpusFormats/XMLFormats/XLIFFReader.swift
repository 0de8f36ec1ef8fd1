import Files

/// Reads XLIFF 1.0 to 2.x, with the segments of SDLXLIFF and of tools that segment alike.
///
/// Sources: OASIS "XLIFF Version 1.2", 2008; OASIS "XLIFF Version 2.1", 2018.
struct XLIFFReader: UnitReader {
  let xml: XMLReader
  /// The prefix of XLIFF's names, if they have one, with the colon.
  private var prefix = ""
  private(set) var sourceLanguage = ""
  private(set) var targetLanguage = ""
  /// Whether the text of each open file, group or unit is to be translated.
  private var translates = [true]
  private var waiting: [LocatedUnit] = []

  init(_ xml: XMLReader) { self.xml = xml }

  mutating func next() throws(FileError) -> LocatedUnit? {
    while true {
      if !waiting.isEmpty { return waiting.removeFirst() }
      guard let event = try xml.next() else { return nil }
      switch event.kind {
      case .start: try begin(event)
      case .end where ["file", "group"].contains(name(event)):
        if translates.count > 1 { translates.removeLast() }
      default: break
      }
    }
  }

  /// The name of an element in XLIFF's own vocabulary; other names keep their prefix.
  func name(_ event: XMLEvent) -> String {
    prefix.isEmpty || !event.name.hasPrefix(prefix) ? event.name : String(event.name.dropFirst(prefix.count))
  }

  private mutating func begin(_ event: XMLEvent) throws(FileError) {
    if event.name.hasSuffix(":xliff") { prefix = String(event.name.dropLast("xliff".count)) }
    switch name(event) {
    case "xliff":
      sourceLanguage = event.attribute("srcLang") ?? ""
      targetLanguage = event.attribute("trgLang") ?? ""
    case "file":
      sourceLanguage = event.attribute("source-language") ?? sourceLanguage
      targetLanguage = event.attribute("target-language") ?? targetLanguage
      translates.append(isTranslated(event))
    case "group": translates.append(isTranslated(event))
    case "trans-unit": try waiting.append(TransUnitReader(self).read(event))
    case "unit": waiting += try UnitElementReader(self).read(event)
    default: break
    }
  }

  /// Whether an element's `translate` attribute, or that of what it is in, lets its text be translated.
  func isTranslated(_ event: XMLEvent) -> Bool {
    event.attribute("translate").map { $0 != "no" } ?? translates.last ?? true
  }

  /// A unit with what is known before its texts are read.
  func makeUnit(_ event: XMLEvent) -> TranslationUnit {
    var unit = TranslationUnit()
    unit.id = event.attribute("id") ?? ""
    unit.context = event.attribute("resname") ?? event.attribute("name") ?? ""
    (unit.sourceLanguage, unit.targetLanguage) = (sourceLanguage, targetLanguage)
    return unit
  }

  /// What an element within a segment is.
  func element(_ event: XMLEvent) -> SegmentBuilder.Element {
    switch name(event) {
    case "x", "ph", "cp", "ut", "sub": .opaque(.standalone)
    case "bx", "bpt", "sc", "sm": .opaque(.opening)
    case "ex", "ept", "ec", "em": .opaque(.closing)
    case "it":
      .opaque(
        event.attribute("pos") == "open"
          ? .opening : event.attribute("pos") == "close" ? .closing : .standalone)
    case "mrk" where event.attribute("translate") == "no" || event.attribute("mtype") == "protected":
      .opaque(.standalone)
    default: .paired
    }
  }
}
