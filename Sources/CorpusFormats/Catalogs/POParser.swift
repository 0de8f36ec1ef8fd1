import Files

/// Parses the text of a catalog, GNU gettext's PO.
///
/// Source: GNU gettext's manual, "The format of PO files".
struct POParser {
  private enum Target { case context, id, plural, form }

  let path: String
  let bytes: [UInt8]
  private var position = 0
  private var lineNumber = 0
  private var entry: POEntry?
  /// What continuation lines are appended to; nil for lines that are ignored.
  private var target: Target?
  /// Messages that are complete.
  private var finished: [POEntry] = []

  /// - Parameters:
  ///   - bytes: the text as UTF-8.
  ///   - path: the file's name for messages.
  init(_ bytes: [UInt8], path: String) { (self.bytes, self.path) = (bytes, path) }

  /// The next message, the header included; nil after the last one.
  ///
  /// Obsolete ones are marked.
  mutating func next() throws(FileError) -> POEntry? {
    while true {
      if !finished.isEmpty { return finished.removeFirst() }
      guard position < bytes.count else {
        try finish()
        return finished.isEmpty ? nil : finished.removeFirst()
      }
      try readLine()
    }
  }

  private mutating func finish() throws(FileError) {
    defer { (entry, target) = (nil, nil) }
    guard let entry, entry.id != nil else { return }
    guard entry.forms.allSatisfy({ !$0.range.isEmpty }) else {
      throw problem("'msgstr' without a string", "one in quotation marks after it")
    }
    finished.append(entry)
  }

  private mutating func readLine() throws(FileError) {
    let start = position
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    position = min(end + 1, bytes.count)
    lineNumber += 1
    var line = bytes[start..<end]
    while let last = line.last, isSpace(last) { line.removeLast() }
    while let first = line.first, isSpace(first) { line.removeFirst() }
    guard let first = line.first else {
      // A blank line ends a message, unless it stands between comments and the message.
      if entry?.id != nil { try finish() }
      return
    }
    switch first {
    case UInt8(ascii: "#"): try comment(line, start: start)
    case UInt8(ascii: "\""): try append(line)
    default: try keyword(line, start: start, isObsolete: false)
    }
  }

  private mutating func open(_ start: Int) throws(FileError) {
    if let entry, !entry.forms.isEmpty { try finish() }
    if entry == nil { entry = POEntry(start: start) }
  }

  private mutating func comment(_ line: ArraySlice<UInt8>, start: Int) throws(FileError) {
    let body = line.dropFirst()
    if body.first == UInt8(ascii: "~") {
      var rest = body.dropFirst()
      while let first = rest.first, isSpace(first) { rest.removeFirst() }
      guard let first = rest.first, first != UInt8(ascii: "|") else { return }
      if first == UInt8(ascii: "\"") { return try append(rest) }
      return try keyword(rest, start: start, isObsolete: true)
    }
    try open(start)
    switch body.first {
    case UInt8(ascii: ","):
      if entry?.flagsStart == nil { entry?.flagsStart = start }
      for flag in String(decoding: body.dropFirst(), as: UTF8.self).split(separator: ",") {
        entry?.flags.insert(flag.trimmed)
      }
    case UInt8(ascii: "|"):
      if entry?.messageStart == nil { entry?.messageStart = start }
      target = nil
    case UInt8(ascii: "."):
      entry?.notes.append(String(decoding: body.dropFirst(), as: UTF8.self).trimmed)
    default: break
    }
  }

  private mutating func keyword(_ line: ArraySlice<UInt8>, start: Int, isObsolete: Bool) throws(FileError) {
    let name = line.prefix { $0 != UInt8(ascii: "\"") && !isSpace($0) }
    let rest = line.dropFirst(name.count)
    let word = String(decoding: name, as: UTF8.self)
    if word == "msgid" || word == "msgctxt" { try open(start) }
    if entry == nil { entry = POEntry(start: start) }
    if entry?.messageStart == nil { entry?.messageStart = start }
    if isObsolete { entry?.isObsolete = true }
    switch word {
    case "msgctxt":
      target = .context
      entry?.context = ""
    case "msgid":
      guard entry?.id == nil else { throw problem("a second 'msgid'", "'msgstr' before it") }
      target = .id
      entry?.id = ""
    case "msgid_plural":
      target = .plural
      entry?.plural = ""
    case "msgstr": try beginForm(0)
    case "domain": target = nil
    default:
      guard word.hasPrefix("msgstr["), word.hasSuffix("]"), let index = Int(word.dropFirst(7).dropLast()),
        0..<100 ~= index
      else {
        throw problem(
          "'\(word.prefix(40))'", "a comment, a string in quotation marks, or 'msgid', 'msgstr', …")
      }
      try beginForm(index)
    }
    if word == "domain" { return }
    try append(rest)
  }

  private mutating func beginForm(_ index: Int) throws(FileError) {
    guard entry?.id != nil else { throw problem("'msgstr'", "'msgid' before it") }
    guard entry?.forms.contains(where: { $0.index == index }) == false else {
      throw problem("a second 'msgstr' of this form", "one")
    }
    target = .form
    entry?.forms.append(POEntry.Form(index: index, text: "", range: 0..<0))
  }

  private func problem(_ found: String, _ expected: String) -> FileError {
    .invalidFormat(
      path: path, place: "line \(lineNumber)", found: found, expected: expected,
      hint: "msgfmt -c shows all mistakes of a catalog")
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0d ~= byte }

  /// Appends the strings of a line to what the latest keyword began.
  private mutating func append(_ line: ArraySlice<UInt8>) throws(FileError) {
    guard let target else {
      if entry == nil { throw problem("a string", "a keyword such as 'msgid' before it") }
      return
    }
    var rest = line
    while let first = rest.first {
      guard first == UInt8(ascii: "\"") else {
        guard isSpace(first) else { throw problem("something behind a string", "the end of the line") }
        rest.removeFirst()
        continue
      }
      let start = rest.startIndex
      rest.removeFirst()
      let text = try literal(&rest)
      switch target {
      case .context: entry?.context? += text
      case .id: entry?.id? += text
      case .plural: entry?.plural? += text
      case .form:
        guard let last = entry?.forms.indices.last else { return }
        entry?.forms[last].text += text
        let first = entry?.forms[last].range.isEmpty == false ? entry?.forms[last].range.lowerBound : nil
        entry?.forms[last].range = (first ?? start)..<rest.startIndex
      }
    }
  }

  /// The text of a string up to its closing quotation mark, which is removed as well.
  private func literal(_ rest: inout ArraySlice<UInt8>) throws(FileError) -> String {
    var text: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return String(decoding: text, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      guard let escaped = rest.popFirst() else { break }
      switch escaped {
      case UInt8(ascii: "n"): text.append(0x0a)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "r"): text.append(0x0d)
      case UInt8(ascii: "a"): text.append(0x07)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "v"): text.append(0x0b)
      case UInt8(ascii: "f"): text.append(0x0c)
      case UInt8(ascii: "x"): text.append(number(&rest, base: 16, digits: 2))
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        rest = bytes[(rest.startIndex - 1)..<rest.endIndex]
        text.append(number(&rest, base: 8, digits: 3))
      default: text.append(escaped)
      }
    }
    throw problem(
      "a string without its closing quotation mark", "'\"' at its end; a quotation mark within it is '\\\"'")
  }

  private func number(_ rest: inout ArraySlice<UInt8>, base: Int, digits: Int) -> UInt8 {
    var value = 0
    for _ in 0..<digits {
      guard let byte = rest.first, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < base
      else { break }
      value = value * base + digit
      rest.removeFirst()
    }
    return UInt8(truncatingIfNeeded: value)
  }
}
