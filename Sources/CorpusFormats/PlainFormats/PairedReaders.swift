import Files

/// Reads two text files, line n of one being the translation of line n of the other.
struct AlignedTextReader: UnitReader {
  private var source, target: PieceLines

  init(_ source: PieceLines, _ target: PieceLines) { (self.source, self.target) = (source, target) }

  mutating func next() throws(FileError) -> LocatedUnit? {
    let (first, second) = (try source.line(), try target.line())
    guard let first, let second else {
      guard first == nil, second == nil else {
        let (longer, shorter) = first == nil ? (target, source) : (source, target)
        throw .invalidFormat(
          path: longer.path, place: "line \(longer.number)", found: "a line without one in '\(shorter.path)'",
          expected: "as many lines in both files",
          hint: "check that the files belong together and that neither was cut off")
      }
      return nil
    }
    var unit = TranslationUnit()
    unit.id = String(source.number)
    unit.source = [TaggedText(String(decoding: first.text, as: UTF8.self))]
    unit.targets = [[TaggedText(String(decoding: second.text, as: UTF8.self))]]
    unit.state = unit.hasTranslation ? .translated : .untranslated
    return LocatedUnit(unit)
  }
}

/// Reads a file of texts in one language with those of another file that have the same identifiers.
struct MatchedReader: UnitReader {
  private var source: any UnitReader
  private var texts: [String: TaggedText] = [:]

  /// - Throws: ``FileError`` if the other file cannot be read.
  init(_ source: any UnitReader, _ target: any UnitReader) throws(FileError) {
    self.source = source
    var target = target
    while let unit = try target.next()?.unit {
      if let text = unit.source.first { texts[unit.id] = text }
    }
  }

  mutating func next() throws(FileError) -> LocatedUnit? {
    guard var located = try source.next() else { return nil }
    if let text = texts[located.unit.id] { located.unit.targets = [[text]] }
    if located.unit.state != .doNotTranslate {
      located.unit.state = located.unit.hasTranslation ? .translated : .untranslated
    }
    return LocatedUnit(located.unit)
  }
}
