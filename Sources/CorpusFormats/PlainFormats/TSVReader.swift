import Files

/// Reads lines of a source text, a tab and a target text; further columns are ignored.
struct TSVReader: UnitReader {
  private var lines: PieceLines

  init(_ pieces: @escaping XMLReader.Pieces, path: String) { lines = PieceLines(pieces, path: path) }

  mutating func next() throws(FileError) -> LocatedUnit? {
    guard let (line, place) = try lines.line() else { return nil }
    let columns = line.split(separator: UInt8(ascii: "\t"), maxSplits: 2, omittingEmptySubsequences: false)
    var unit = TranslationUnit()
    unit.id = String(lines.number)
    unit.source = [TaggedText(String(decoding: columns[0], as: UTF8.self))]
    if columns.count > 1 { unit.targets = [[TaggedText(String(decoding: columns[1], as: UTF8.self))]] }
    unit.state = unit.hasTranslation ? .translated : .untranslated
    let target = columns.count > 1 ? place + columns[1].startIndex..<place + columns[1].endIndex : nil
    let end = place + line.count
    return LocatedUnit(unit) { texts in
      guard let text = texts.forms.first, let text else { return [] }
      let words = singleLine(text.plain)
      return [target.map { Edit($0, words) } ?? Edit(at: end, "\t" + words)]
    }
  }
}

/// The text on one line without tabs: each run of white space that has one becomes a space.
func singleLine(_ text: String) -> String {
  guard
    text.unicodeScalars.contains(where: {
      "\n\r\t\u{b}\u{c}\u{85}\u{2028}\u{2029}".unicodeScalars.contains($0)
    })
  else { return text }
  return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
