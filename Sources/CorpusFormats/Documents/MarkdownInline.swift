import Text

/// Text and marks of a line of Markdown: emphasis, links and images are pairs of marks around their text; code, escapes and
/// addresses in angle brackets are copied.
struct MarkdownInline {
  private let bytes: [UInt8]
  private var parts: [DocumentSegment.Part] = []
  private var place = 0
  private var start = 0
  private var number = 0
  private var openHTML: [String] = []
  /// Emphasis that is open, with the number of its pair.
  private var emphasis: [(code: [UInt8], number: Int)] = []
  /// The ends of links by their places, with the numbers of their pairs.
  private var linkEnds: [Int: (code: Range<Int>, number: Int)] = [:]

  /// Signs that nothing closes any more: looked for once.
  private var unclosed: Set<[UInt8]> = []

  /// The parts of a line.
  static func parts(of bytes: [UInt8]) -> [DocumentSegment.Part] {
    var inline = MarkdownInline(bytes: bytes)
    while inline.place < bytes.count { inline.step() }
    inline.flush(to: bytes.count)
    return inline.parts
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func step() {
    let byte = bytes[place]
    switch byte {
    case UInt8(ascii: "\\") where place + 1 < bytes.count && Self.isPunctuation(bytes[place + 1]):
      mark(.copied, place..<place + 2)
    case UInt8(ascii: "`"): code()
    case UInt8(ascii: "<"): angle()
    case UInt8(ascii: "["), UInt8(ascii: "!"): link()
    case UInt8(ascii: "]"):
      if let end = linkEnds[place] { mark(.closing(end.number), end.code) } else { place += 1 }
    case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): emphasize()
    default: place += 1
    }
  }

  private mutating func flush(to end: Int) {
    if start < end { parts.append(.text(String(decoding: bytes[start..<end], as: UTF8.self))) }
  }

  private mutating func mark(_ role: ProtectedSpan.Role, _ range: Range<Int>) {
    flush(to: range.lowerBound)
    parts.append(.mark(.init(code: Array(bytes[range]), role: role)))
    (place, start) = (range.upperBound, range.upperBound)
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    0x21...0x2F ~= byte || 0x3A...0x40 ~= byte || 0x5B...0x60 ~= byte || 0x7B...0x7E ~= byte
  }

  private mutating func code() {
    let ticks = bytes[place...].prefix { $0 == UInt8(ascii: "`") }.count
    var end = place + ticks
    if unclosed.contains(Array(bytes[place..<end])) { return place = end }
    while end < bytes.count {
      guard bytes[end] == UInt8(ascii: "`") else {
        end += 1
        continue
      }
      let count = bytes[end...].prefix { $0 == UInt8(ascii: "`") }.count
      end += count
      if count == ticks { return mark(.copied, place..<end) }
    }
    unclosed.insert(Array(bytes[place..<place + ticks]))
    place += ticks
  }

  private mutating func angle() {
    // An address, or a tag.
    let inner = bytes[(place + 1)...].prefix {
      $0 > 0x20 && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "<")
    }
    if inner.endIndex < bytes.count, bytes[inner.endIndex] == UInt8(ascii: ">"),
      !inner.contains(UInt8(ascii: "=")),
      inner.contains(UInt8(ascii: ":")) || inner.contains(UInt8(ascii: "@"))
    {
      return mark(.copied, place..<inner.endIndex + 1)
    }
    let comment = Array("<!".utf8)
    let isComment = bytes[place...].starts(with: comment)
    if isComment, unclosed.contains(comment) { return place += 1 }
    if let tag = HTMLTag(bytes, at: place, end: bytes.count) {
      return mark(HTMLTag.role(of: tag, &openHTML), tag.range)
    }
    if isComment { unclosed.insert(comment) }
    place += 1
  }

  private mutating func link() {
    let isImage = bytes[place] == UInt8(ascii: "!")
    let open = place + (isImage ? 1 : 0)
    guard open < bytes.count, bytes[open] == UInt8(ascii: "["), let close = closingBracket(open) else {
      place += 1
      return
    }
    if open + 1 < bytes.count, bytes[open + 1] == UInt8(ascii: "^") {
      return mark(.copied, place..<close + 1)
    }
    guard let end = linkEnd(close) else {
      place = open + 1
      return
    }
    if close == open + 1 { return mark(.standalone, place..<end) }
    number += 1
    linkEnds[close] = (close..<end, number)
    mark(.opening(number), place..<open + 1)
  }

  /// The bracket that closes another, code left out.
  private func closingBracket(_ open: Int) -> Int? {
    var (depth, index) = (0, open)
    // Links are not that long; the limit keeps many brackets quick.
    while index < min(bytes.count, open + 2000) {
      switch bytes[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return nil
  }

  /// Where the target of a link ends, `(address "title")` or `[name]`; nil if none follows.
  private func linkEnd(_ close: Int) -> Int? {
    guard close + 1 < bytes.count else { return nil }
    let opening = bytes[close + 1]
    if opening == UInt8(ascii: "[") {
      return bytes[(close + 1)...].prefix(1000).firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 }
    }
    guard opening == UInt8(ascii: "(") else { return nil }
    var (depth, index) = (0, close + 1)
    while index < min(bytes.count, close + 4000) {
      switch bytes[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return index + 1 }
      default: break
      }
      index += 1
    }
    return nil
  }

  private mutating func emphasize() {
    let sign = bytes[place]
    let run = bytes[place...].prefix { $0 == sign }.count
    let (before, after) = (
      place > 0 ? bytes[place - 1] : 0x20, place + run < bytes.count ? bytes[place + run] : 0x20
    )
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    func isWord(_ byte: UInt8) -> Bool { byte >= 0x80 || !Self.isPunctuation(byte) && byte > 0x20 }
    let code = Array(bytes[place..<place + run])
    let isWithinWord = sign == UInt8(ascii: "_") && isWord(before) && isWord(after)
    guard run <= 3, !isWithinWord, sign != UInt8(ascii: "~") || run == 2 else {
      place += run
      return
    }
    if !isSpace(before), let index = emphasis.lastIndex(where: { $0.code == code }) {
      let number = emphasis[index].number
      emphasis.removeSubrange(index...)
      return mark(.closing(number), place..<place + run)
    }
    guard !isSpace(after), !unclosed.contains(code) else { return place += run }
    guard closes(code, after: place + run) else {
      unclosed.insert(code)
      place += run
      return
    }
    number += 1
    emphasis.append((code, number))
    mark(.opening(number), place..<place + run)
  }

  /// Whether emphasis ends later.
  private func closes(_ code: [UInt8], after start: Int) -> Bool {
    var index = start
    while index < bytes.count {
      guard bytes[index] == code[0] else {
        index += 1
        continue
      }
      let run = bytes[index...].prefix { $0 == code[0] }.count
      if run == code.count, index > 0, bytes[index - 1] != 0x20 { return true }
      index += run
    }
    return false
  }
}

extension DocumentSegment {
  /// A segment without the white space and standalone marks at its ends, which stay where they are.
  static func trimmed(range: Range<Int>, parts: [Part], writing: SegmentWriting) -> DocumentSegment? {
    var (parts, start, end) = (parts[...], range.lowerBound, range.upperBound)
    while let first = parts.first {
      switch first {
      case .mark(let mark) where mark.role == .standalone:
        start += mark.code.count
        parts.removeFirst()
      case .text(let text):
        let rest = String(text.drop { $0 == " " || $0 == "\t" })
        // A space may stand for the end of a line, which is longer.
        if rest.isEmpty, !writing.lineBreaks.isEmpty { return ended(start, end, parts, writing) }
        start += text.utf8.count - rest.utf8.count
        parts.removeFirst()
        if !rest.isEmpty {
          parts.insert(.text(rest), at: parts.startIndex)
          return ended(start, end, parts, writing)
        }
      default: return ended(start, end, parts, writing)
      }
    }
    return nil
  }

  private static func ended(_ start: Int, _ end: Int, _ parts: ArraySlice<Part>, _ writing: SegmentWriting)
    -> DocumentSegment?
  {
    var (parts, end) = (parts, end)
    if case .text(let text) = parts.last {
      let rest = String(text.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
      end -= text.utf8.count - rest.utf8.count
      parts.removeLast()
      if !rest.isEmpty { parts.append(.text(rest)) }
    }
    guard start < end else { return nil }
    return DocumentSegment(range: start..<end, parts: Array(parts), writing: writing)
  }
}
