import Text

/// Finds the segments of HTML or XML.
///
/// It reads tags as browsers do, without requiring that they fit together: what is between two tags of blocks is a segment,
/// and tags within it are marks. Elements whose text is no language are left out or, within a sentence, copied whole.
struct HTMLScanner {
  private let bytes: [UInt8]
  private var position = 0
  private var segments: [DocumentSegment] = []
  /// The segment being read: where it begins, and its parts with their bytes.
  private var parts: [(part: DocumentSegment.Part, range: Range<Int>)] = []
  /// Spellings of characters as entities in it.
  private var escapes: [Unicode.Scalar: String] = [:]
  /// Open elements that are tags of the segment, for numbers of pairs.
  private var openMarks: [(name: String, number: Int)] = []
  private var nextNumber = 0

  /// Characters with a meaning that are in it as they are.
  private var unescaped: Set<Unicode.Scalar> = []
  /// Whether no declaration or comment ends any more, and elements that do not end: looked for once.
  private var lacksCommentEnd = false
  private var lacksEnd: Set<String> = []

  private static let escapes: [Unicode.Scalar: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;"]

  /// The segments of a page, in order.
  static func segments(of bytes: [UInt8], _ rules: MarkupRules = MarkupRules()) -> [DocumentSegment] {
    segments(of: bytes, in: 0..<bytes.count, DocumentMarkup(html: rules))
  }

  /// The segments of an XML document, in order.
  static func segments(ofXML bytes: [UInt8], _ rules: MarkupRules = MarkupRules()) -> [DocumentSegment] {
    let range = 0..<bytes.count
    return segments(of: bytes, in: range, DocumentMarkup(xml: rules, bytes, in: range))
  }

  /// The segments of a part of a page.
  static func segments(
    of bytes: [UInt8], in range: Range<Int>, _ markup: DocumentMarkup = DocumentMarkup(html: MarkupRules())
  ) -> [DocumentSegment] {
    var scanner = HTMLScanner(bytes, in: range, markup)
    scanner.scan()
    return scanner.segments
  }

  private let end: Int
  private let markup: DocumentMarkup

  private init(_ bytes: [UInt8], in range: Range<Int>, _ markup: DocumentMarkup) {
    self.markup = markup
    (self.bytes, position, end) = (bytes, range.lowerBound, range.upperBound)
  }

  private mutating func scan() {
    var textStart = position
    while position < end {
      guard bytes[position] == UInt8(ascii: "<"), let next = next(position + 1), beginsTag(next) else {
        position += 1
        continue
      }
      addText(textStart..<position)
      let isComment = next == UInt8(ascii: "!") && lacksCommentEnd
      if !isComment, let tag = HTMLTag(bytes, at: position, end: end, isXML: markup.isXML) {
        handle(tag)
      } else {
        addDamaged(isComment: next == UInt8(ascii: "!"))
      }
      textStart = position
    }
    addText(textStart..<end)
    finish()
  }

  private func next(_ place: Int) -> UInt8? { place < end ? bytes[place] : nil }

  private func beginsTag(_ byte: UInt8) -> Bool {
    0x61...0x7A ~= byte | 0x20 || [0x21, 0x2F, 0x3F].contains(byte)
      || markup.isXML && (byte == 0x5F || byte >= 0x80)
  }

  /// A tag without an end is no text, either.
  private mutating func addDamaged(isComment: Bool) {
    if isComment {
      lacksCommentEnd = true
      if bytes[position..<end].starts(with: Array("<!--".utf8)) {
        // Nobody sees what follows.
        finish()
        position = end
        return
      }
    }
    let start = position
    position += 1
    while position < end, bytes[position] > 0x20, bytes[position] != UInt8(ascii: "<") { position += 1 }
    add(.copied, start..<position)
  }

  private mutating func handle(_ tag: HTMLTag) {
    position = tag.range.upperBound
    switch tag.kind {
    case .comment, .declaration:
      // A comment is no part of a sentence, but does not end one.
      if parts.isEmpty || tag.kind == .declaration { finish() } else { add(.standalone, tag.range) }
    case .literal: add(.copied, tag.range)
    case .opening:
      if markup.isUntouched(tag.name) || tag.isUntranslatable {
        // A block ends the segment; anything else stands in it as it is.
        let range = tag.range.lowerBound..<endOfElement(tag)
        position = range.upperBound
        if markup.isInline(tag.name) { add(.copied, range) } else { finish() }
      } else if markup.isBlock(tag.name) {
        finish()
      } else if tag.isEmpty {
        add(.standalone, tag.range)
      } else {
        openMarks.append((tag.name, nextNumber))
        add(.opening(nextNumber), tag.range)
        nextNumber += 1
      }
    case .closing:
      if markup.isBlock(tag.name) || markup.isUntouched(tag.name) && !markup.isInline(tag.name) {
        finish()
      } else if let place = openMarks.lastIndex(where: { $0.name == tag.name }) {
        add(.closing(openMarks[place].number), tag.range)
        openMarks.removeSubrange(place...)
      } else {
        add(.standalone, tag.range)
      }
    }
  }

  /// Where an element ends whose text stays: after its end tag, at the end of the page if there is none for a script, and
  /// otherwise after its start tag.
  private mutating func endOfElement(_ tag: HTMLTag) -> Int {
    if tag.isEmpty || lacksEnd.contains(tag.name) { return tag.range.upperBound }
    let isRaw = markup.isRaw(tag.name)
    var (place, depth) = (tag.range.upperBound, 1)
    while place < end {
      guard bytes[place] == UInt8(ascii: "<"),
        let next = HTMLTag(bytes, at: place, end: end, isXML: markup.isXML)
      else {
        place += 1
        continue
      }
      if isRaw, next.kind != .closing || next.name != tag.name {
        place += 1
        continue
      }
      place = next.range.upperBound
      guard next.name == tag.name else { continue }
      if next.kind == .closing { depth -= 1 } else if next.kind == .opening, !next.isEmpty { depth += 1 }
      if depth == 0 { return place }
    }
    if isRaw { return end }
    lacksEnd.insert(tag.name)
    return tag.range.upperBound
  }

  private mutating func add(_ role: ProtectedSpan.Role, _ range: Range<Int>) {
    parts.append((.mark(.init(code: Array(bytes[range]), role: role)), range))
  }

  private mutating func addText(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    var text = HTMLText(bytes, range)
    while let piece = text.next() {
      switch piece {
      case .text(let words, let range):
        parts.append((.text(words), range))
        for scalar in Self.escapes.keys where words.unicodeScalars.contains(scalar) {
          unescaped.insert(scalar)
        }
      case .entity(let scalar, let range):
        escapes[scalar] = String(decoding: bytes[range], as: UTF8.self)
        parts.append((.text(String(Character(scalar))), range))
      case .unknown(let range): add(.copied, range)
      case .damaged(let range): add(.standalone, range)
      }
    }
  }

  /// Ends the segment, without the white space and the marks at its ends.
  private mutating func finish() {
    defer { (parts, escapes, unescaped, openMarks) = ([], [:], [], []) }
    var (first, last) = (0, parts.count)
    let pairs = Dictionary(grouping: parts.indices.filter { pairNumber(parts[$0].part) != nil }) {
      pairNumber(parts[$0].part) ?? 0
    }
    while first < last, isOuter(parts[first].part, pairs, from: first, to: last) { first += 1 }
    while last > first, isOuter(parts[last - 1].part, pairs, from: first, to: last) { last -= 1 }
    guard first < last else { return }
    var kept = parts[first..<last]
    // White space within the outermost texts stays where it is.
    let start = kept[first].range.lowerBound + trim(&kept[first].part, fromStart: true)
    let stop = kept[last - 1].range.upperBound - trim(&kept[last - 1].part, fromStart: false)
    guard start < stop else { return }
    var (whole, isAfterSpace): ([DocumentSegment.Part], Bool) = ([], false)
    for item in kept {
      guard case .text(let text) = item.part else {
        whole.append(item.part)
        isAfterSpace = false
        continue
      }
      // Line ends and indentation are spaces.
      var words = String.UnicodeScalarView()
      for scalar in text.unicodeScalars {
        let isSpace = " \n\r\t\u{C}".unicodeScalars.contains(scalar)
        if isSpace, isAfterSpace { continue }
        words.append(isSpace ? " " : scalar)
        isAfterSpace = isSpace
      }
      if !words.isEmpty { whole.append(.text(String(words))) }
    }
    if let segment = DocumentSegment(
      range: start..<stop, parts: whole,
      writing: SegmentWriting(
        escapes: escapes.merging(Self.escapes.filter { !unescaped.contains($0.key) }) { given, _ in given },
        guardsTags: true))
    {
      segments.append(segment)
    }
  }

  /// Whether a part at an end of a segment may stay outside: white space, and marks that are not copied and have no partner
  /// in it.
  private func isOuter(
    _ part: DocumentSegment.Part, _ pairs: [Int: [Int]], from first: Int, to last: Int
  ) -> Bool {
    switch part {
    case .text(let text): return text.unicodeScalars.allSatisfy { " \n\r\t\u{C}".unicodeScalars.contains($0) }
    case .mark(let mark):
      switch mark.role {
      case .copied: return false
      case .standalone: return true
      case .opening(let number), .closing(let number):
        let pair = pairs[number, default: []].filter { first <= $0 && $0 < last }
        // A pair around everything stays outside with both tags.
        return pair.count < 2 || pair.first == first && pair.last == last - 1
      }
    }
  }

  private func pairNumber(_ part: DocumentSegment.Part) -> Int? {
    guard case .mark(let mark) = part else { return nil }
    switch mark.role {
    case .opening(let number), .closing(let number): return number
    case .copied, .standalone: return nil
    }
  }

  /// Removes white space at an end of a text.
  ///
  /// - Returns: the number of its bytes.
  private func trim(_ part: inout DocumentSegment.Part, fromStart: Bool) -> Int {
    guard case .text(let text) = part else { return 0 }
    let bytes = Array(text.utf8)
    let isSpace = { (byte: UInt8) in [0x20, 0x0A, 0x0D, 0x09, 0x0C].contains(byte) }
    let count = fromStart ? bytes.prefix(while: isSpace).count : bytes.reversed().prefix(while: isSpace).count
    part = .text(String(decoding: fromStart ? bytes.dropFirst(count) : bytes.dropLast(count), as: UTF8.self))
    return count
  }
}
