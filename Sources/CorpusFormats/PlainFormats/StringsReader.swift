import Files

/// Reads Apple's `.strings`: pairs of a key and a text, in one language.
///
/// Source: Apple's "Resource Programming Guide", "String Resources".
struct StringsReader: UnitReader {
  private let path: String
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: [UInt8], path: String) { (bytes, self.path) = (text, path) }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func next() throws(FileError) -> LocatedUnit? {
    var notes: [String] = []
    while let note = try comment() { if !note.isEmpty { notes.append(note) } }
    guard current != nil else { return nil }
    let start = position
    let key = try string()
    try skipComments()
    var value = (text: key.text, range: start..<position)
    if takes("=") {
      try skipComments()
      value = try string()
      try skipComments()
    }
    guard takes(";") else { throw problem("';' after the text of '\(key.text.prefix(40))'") }
    var unit = TranslationUnit()
    (unit.id, unit.notes) = (key.text, notes)
    unit.source = [TaggedText(value.text)]
    let (range, hasValue) = (value.range, value.range.lowerBound != start)
    guard hasValue else { return LocatedUnit(unit, places: []) { _ in [] } }
    return LocatedUnit(unit) { texts in
      guard let text = texts.forms.first, let text else { return [] }
      let mark = texts.mark == .unmarked ? [] : [Edit(at: start, "/* \(FillMark.commentText) */\n")]
      return mark + [Edit(range, quotedString(text.plain))]
    }
  }

  private mutating func takes(_ character: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipComments() throws(FileError) { while try comment() != nil {} }

  /// The next comment, or nothing for white space; nil if something else is next.
  private mutating func comment() throws(FileError) -> String? {
    guard let byte = current else { return nil }
    if byte == 0x20 || 0x09...0x0d ~= byte {
      position += 1
      return ""
    }
    guard byte == UInt8(ascii: "/"), position + 1 < bytes.count else { return nil }
    let start = position + 2
    if bytes[position + 1] == UInt8(ascii: "/") {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      position = end
      return String(decoding: bytes[start..<end], as: UTF8.self).trimmed
    }
    guard bytes[position + 1] == UInt8(ascii: "*") else { return nil }
    var end = start
    while end + 1 < bytes.count, bytes[end] != UInt8(ascii: "*") || bytes[end + 1] != UInt8(ascii: "/") {
      end += 1
    }
    guard end + 1 < bytes.count else { throw problem("'*/' at the end of a comment") }
    position = end + 2
    return String(decoding: bytes[start..<end], as: UTF8.self).trimmed
  }

  /// A string in quotation marks, or a word without them.
  private mutating func string() throws(FileError) -> (text: String, range: Range<Int>) {
    let start = position
    guard takes("\"") else {
      while let byte = current, isWord(byte) { position += 1 }
      guard position > start else { throw problem("a string in quotation marks") }
      return (String(decoding: bytes[start..<position], as: UTF8.self), start..<position)
    }
    var text: [UInt8] = []
    while let byte = current {
      position += 1
      if byte == UInt8(ascii: "\"") { return (String(decoding: text, as: UTF8.self), start..<position) }
      if byte == UInt8(ascii: "\\") { escape(&text) } else { text.append(byte) }
    }
    position = start
    throw problem("'\"' at the end of a string")
  }

  private func isWord(_ byte: UInt8) -> Bool {
    let letter = Unicode.Scalar(byte)
    return byte < 0x80
      && (letter.properties.isAlphabetic || "0"..."9" ~= letter || "_-.$:/".unicodeScalars.contains(letter))
  }

  private mutating func escape(_ text: inout [UInt8]) {
    guard let byte = current else { return }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "U"), UInt8(ascii: "u"):
      let digits = String(decoding: bytes[position..<min(position + 4, bytes.count)], as: UTF8.self)
      guard let value = UInt32(digits, radix: 16), digits.utf8.count == 4 else { return text.append(byte) }
      position += 4
      text += Array(String(Character(Unicode.Scalar(value) ?? "\u{fffd}")).utf8)
    default: text.append(byte)
    }
  }

  private func problem(_ expected: String) -> FileError {
    let line = 1 + bytes[..<min(position, bytes.count)].count { $0 == UInt8(ascii: "\n") }
    let found = current.map { 0x21..<0x7f ~= $0 ? "'\(Character(Unicode.Scalar($0)))'" : "byte \($0)" }
    return .invalidFormat(
      path: path, place: "line \(line)", found: found ?? "the end of the file", expected: expected, hint: "")
  }
}

private func quotedString(_ text: String) -> String {
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": quoted += "\\\(scalar)"
    case "\n": quoted += "\\n"
    case "\t": quoted += "\\t"
    case "\r": quoted += "\\r"
    default: quoted.unicodeScalars.append(scalar)
    }
  }
  return quoted + "\""
}
