import Files
import Text

/// Finds the segments of Markdown: paragraphs, headings, items of lists, quotations and cells of tables.
///
/// Front matter, code, rules, definitions of links, and the marks at the beginnings of lines stay as they are; blocks of HTML
/// are read as HTML.
///
/// Source: CommonMark 0.31, chapters 4 and 5; GitHub Flavored Markdown, for tables.
struct MarkdownScanner {
  private let bytes: [UInt8]
  private let lines: [Range<Int>]
  private var segments: [DocumentSegment] = []
  /// The paragraph being read: the contents of its lines.
  private var paragraph: [Range<Int>] = []
  /// The number of quotations that its last line is in.
  private var quotationDepth = 0

  static func segments(of bytes: [UInt8]) -> [DocumentSegment] {
    var scanner = MarkdownScanner(bytes)
    scanner.scan()
    return scanner.segments
  }

  private init(_ bytes: [UInt8]) { (self.bytes, lines) = (bytes, Array(DocumentLines(bytes))) }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private mutating func scan() {
    var index = frontMatterEnd()
    var isAfterBlank = true
    while index < lines.count {
      let line = lines[index]
      guard isUTF8(Array(bytes[line])) else {
        finish()
        index += 1
        continue
      }
      let content = contentStart(of: line)
      let rest = text(content..<line.upperBound)
      if rest.allSatisfy(\.isWhitespace) {
        finish()
        (isAfterBlank, index) = (true, index + 1)
        continue
      }
      if let fence = Self.fence(rest) {
        finish()
        index = fenceEnd(from: index + 1, fence)
      } else if isAfterBlank, content == line.lowerBound, indentation(of: line) >= 4 {
        // Indented code.
        index += 1
        continue
      } else if isHTMLBlock(rest) {
        finish()
        index = addHTML(from: index)
      } else if paragraph.isEmpty, Self.isDefinition(rest) {
        index += 1
      } else if isTable(at: index) {
        finish()
        index = addTable(from: index)
      } else {
        add(line, content, rest)
        index += 1
      }
      isAfterBlank = false
    }
    finish()
  }

  private mutating func add(_ line: Range<Int>, _ content: Int, _ rest: String) {
    if Self.isRule(rest) { return finish() }
    let hashes = rest.prefix { $0 == "#" }.count
    if 1...6 ~= hashes, rest.dropFirst(hashes).first?.isWhitespace ?? true {
      finish()
      var words = rest.dropFirst(hashes)
      while words.last?.isWhitespace ?? false { words.removeLast() }
      // Hashes at the end belong to the heading, not to its text.
      let bare = String(words.reversed().drop { $0 == "#" }.reversed())
      if bare.isEmpty || bare.last?.isWhitespace ?? false { words = bare[...] }
      paragraph = [content + hashes..<content + hashes + words.utf8.count]
      return finish()
    }
    // A new item or quotation begins a new paragraph.
    let depth = bytes[line.lowerBound..<content].count { $0 == UInt8(ascii: ">") }
    if hasMarker(line, content) || depth > quotationDepth { finish() }
    quotationDepth = depth
    paragraph.append(content..<line.upperBound)
    if rest.hasSuffix("  ") || rest.hasSuffix("\\") { finish() }
  }

  // MARK: - Lines

  private func frontMatterEnd() -> Int {
    guard let first = lines.first, ["---", "+++"].contains(text(first).trimmed) else { return 0 }
    let mark = text(first).trimmed
    guard let end = lines.indices.dropFirst().first(where: { text(lines[$0]).trimmed == mark }) else {
      return 0
    }
    return end + 1
  }

  private func indentation(of line: Range<Int>) -> Int {
    bytes[line].prefix { $0 == 0x20 || $0 == 0x09 }.reduce(0) { $0 + ($1 == 0x09 ? 4 : 1) }
  }

  /// Where a line's text begins, after the marks of quotations and lists; the beginning of a line for indented code.
  private func contentStart(of line: Range<Int>) -> Int {
    var place = line.lowerBound
    while true {
      let start = place
      while place < line.upperBound, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
      if place == line.upperBound { return place }
      let rest = bytes[place..<line.upperBound]
      if rest.first == UInt8(ascii: ">") {
        place += 1
      } else if let length = Self.listMarker(rest) {
        place += length
      } else {
        // Too deep for anything but code, unless it goes on with a paragraph or an item.
        return start == line.lowerBound && place - start >= 4 && paragraph.isEmpty ? start : place
      }
    }
  }

  private func hasMarker(_ line: Range<Int>, _ content: Int) -> Bool {
    let marks = bytes[line.lowerBound..<content].filter { $0 != 0x20 && $0 != 0x09 }
    return marks.contains { $0 != UInt8(ascii: ">") }
  }

  /// The length of a list's mark, `- `, `* `, `+ `, `1. ` or `- [ ] `; nil if there is none.
  private static func listMarker(_ text: ArraySlice<UInt8>) -> Int? {
    var length = 0
    if let first = text.first, "-*+".utf8.contains(first) {
      length = 1
    } else {
      length = text.prefix { 0x30...0x39 ~= $0 }.count
      guard 1...9 ~= length, let mark = text.dropFirst(length).first, mark == 0x2E || mark == 0x29 else {
        return nil
      }
      length += 1
    }
    guard let space = text.dropFirst(length).first, space == 0x20 || space == 0x09 else { return nil }
    // A rule such as `* * *` is no list.
    if isRule(String(decoding: text, as: UTF8.self)) { return nil }
    let rest = text.dropFirst(length + 1)
    if rest.count > 3, rest.first == UInt8(ascii: "["), rest.dropFirst(2).first == UInt8(ascii: "]"),
      rest.dropFirst(3).first == 0x20
    {
      return length + 5
    }
    return length + 1
  }

  private static func isRule(_ text: String) -> Bool {
    let signs = text.filter { !$0.isWhitespace }
    guard let first = signs.first, "-*_=".contains(first), signs.allSatisfy({ $0 == first }) else {
      return false
    }
    // One or two are the line under a heading.
    return first == "=" || first == "-" && !text.trimmed.contains(" ") || signs.count >= 3
  }

  private static func isDefinition(_ text: String) -> Bool {
    guard text.hasPrefix("["), let end = text.firstIndex(of: "]") else { return false }
    return text[text.index(after: end)...].hasPrefix(":")
  }

  private static func fence(_ text: String) -> (mark: Character, count: Int)? {
    guard let mark = text.first, mark == "`" || mark == "~" else { return nil }
    let count = text.prefix { $0 == mark }.count
    return count >= 3 && !(mark == "`" && text.dropFirst(count).contains("`")) ? (mark, count) : nil
  }

  private func fenceEnd(from start: Int, _ fence: (mark: Character, count: Int)) -> Int {
    var index = start
    while index < lines.count {
      let rest = text(lines[index]).drop { $0.isWhitespace || $0 == ">" }
      index += 1
      let count = rest.prefix { $0 == fence.mark }.count
      if count >= fence.count, rest.dropFirst(count).allSatisfy(\.isWhitespace) { break }
    }
    return index
  }

  // MARK: - HTML and tables

  private func isHTMLBlock(_ text: String) -> Bool {
    guard paragraph.isEmpty, text.hasPrefix("<") else { return false }
    if text.hasPrefix("<!--") { return true }
    let bytes = Array(text.utf8)
    let end = bytes.count
    guard let tag = HTMLTag(bytes, at: 0, end: end) else { return false }
    return HTMLElements.blocks.contains(tag.name)
      || HTMLElements.untouched.contains(tag.name) && !HTMLElements.inline.contains(tag.name)
  }

  private mutating func addHTML(from start: Int) -> Int {
    var index = start
    while index < lines.count, !text(lines[index]).allSatisfy(\.isWhitespace) { index += 1 }
    segments += HTMLScanner.segments(of: bytes, in: lines[start].lowerBound..<lines[index - 1].upperBound)
    return index
  }

  private func isTable(at index: Int) -> Bool {
    guard index + 1 < lines.count, bytes[lines[index]].contains(UInt8(ascii: "|")) else { return false }
    let next = text(lines[index + 1])
    return next.contains("|") && next.contains("-") && next.allSatisfy { "|-: \t".contains($0) }
  }

  private mutating func addTable(from start: Int) -> Int {
    var index = start
    while index < lines.count, bytes[lines[index]].contains(UInt8(ascii: "|")) {
      if index != start + 1 { addCells(of: lines[index]) }
      index += 1
    }
    return index
  }

  private mutating func addCells(of line: Range<Int>) {
    // Within code, too, a bar that is not escaped ends a cell.
    var start = line.lowerBound
    for place in line {
      let isEscaped = place > line.lowerBound && bytes[place - 1] == UInt8(ascii: "\\")
      guard bytes[place] == UInt8(ascii: "|"), !isEscaped else { continue }
      addSegment([start..<place], ["|": "\\|"])
      start = place + 1
    }
    addSegment([start..<line.upperBound], ["|": "\\|"])
  }

  // MARK: - Paragraphs

  private mutating func finish() {
    addSegment(paragraph, [:])
    paragraph = []
  }

  private mutating func addSegment(_ lines: [Range<Int>], _ escapes: [Unicode.Scalar: String]) {
    guard let first = lines.first, let last = lines.last,
      isUTF8(Array(bytes[first.lowerBound..<last.upperBound]))
    else {
      return
    }
    let whole = Array(lines.map { bytes[$0] }.joined(separator: [0x20]))
    var writing = SegmentWriting(escapes: escapes, lineBreaks: SegmentWriting.LineBreak.all(lines, bytes))
    writing.guardsLineStarts = true
    let segment = DocumentSegment.trimmed(
      range: first.lowerBound..<last.upperBound, parts: MarkdownInline.parts(of: whole), writing: writing)
    if let segment { segments.append(segment) }
  }
}
