import Text

/// A segment of a document: text with markup in it.
struct DocumentSegment: Sendable {
  /// Markup within the segment.
  struct Mark: Sendable, Equatable {
    /// As it is in the document.
    var code: [UInt8]
    var role: ProtectedSpan.Role
  }

  /// A part of a segment.
  enum Part: Sendable, Equatable {
    /// Text as a reader sees it.
    case text(String)
    case mark(Mark)
  }

  /// The bytes of the document that it takes.
  let range: Range<Int>
  /// The text, with a character for each mark.
  let text: String
  /// The marks' characters in the text.
  let spans: [ProtectedSpan]
  private let marks: [Mark]
  private let first: UInt32
  private let writing: SegmentWriting

  /// A segment.
  ///
  /// - Parameters:
  ///   - range: the bytes of the document that its parts take.
  ///   - parts: text and marks; white space at the ends of the segment is not among them.
  ///   - writing: how its translation is written.
  init?(range: Range<Int>, parts: [Part], writing: SegmentWriting) {
    let marks = parts.compactMap { part -> Mark? in
      guard case .mark(let mark) = part else { return nil }
      return mark
    }
    let texts = parts.compactMap { part -> String? in
      guard case .text(let text) = part else { return nil }
      return text
    }
    guard let first = Self.freeCharacters(marks.count, texts) else { return nil }
    var (text, spans, index): (String, [ProtectedSpan], Int) = ("", [], 0)
    let roles = Self.paired(marks.map(\.role))
    for part in parts {
      switch part {
      case .text(let words): text += words
      case .mark:
        let start = text.utf8.count
        text.unicodeScalars.append(Unicode.Scalar(first + UInt32(index)) ?? "?")
        spans.append(ProtectedSpan(range: start..<text.utf8.count, kind: .tag, role: roles[index]))
        index += 1
      }
    }
    (self.range, self.text, self.spans, self.marks) = (range, text, spans, marks)
    (self.first, self.writing) = (first, writing)
  }

  /// The first of consecutive characters of the private use area that no text has.
  private static func freeCharacters(_ count: Int, _ texts: [String]) -> UInt32? {
    let area: ClosedRange<UInt32> = 0xE000...0xF8FF
    let used = texts.flatMap { $0.unicodeScalars.map(\.value).filter(area.contains) }.max()
    let first = used.map { $0 + 1 } ?? area.lowerBound
    return Int(area.upperBound) - Int(first) + 1 >= count ? first : nil
  }

  /// The roles with those of marks without a partner, which only mark a place.
  private static func paired(_ roles: [ProtectedSpan.Role]) -> [ProtectedSpan.Role] {
    var roles = roles
    var open: [(number: Int, index: Int)] = []
    for (index, role) in roles.enumerated() {
      switch role {
      case .opening(let number): open.append((number, index))
      case .closing(let number):
        guard let place = open.lastIndex(where: { $0.number == number }) else {
          roles[index] = .standalone
          continue
        }
        for other in open[(place + 1)...] { roles[other.index] = .standalone }
        // Each pair has its own number.
        (roles[open[place].index], roles[index]) = (.opening(index), .closing(index))
        open.removeSubrange(place...)
      case .copied, .standalone: break
      }
    }
    for other in open { roles[other.index] = .standalone }
    return roles
  }

  /// Whether there is something to translate.
  var hasWords: Bool { text.unicodeScalars.contains { $0.properties.isAlphabetic } }

  /// A translation as it is written in the document; nil if it is empty or lacks a mark.
  func written(_ translation: String) -> [UInt8]? {
    var (parts, open): ([Part], Set<Int>) = ([], Set(marks.indices))
    var words = String.UnicodeScalarView()
    for scalar in translation.unicodeScalars {
      guard scalar.value >= first, scalar.value - first < UInt32(marks.count) else {
        words.append(scalar)
        continue
      }
      let index = Int(scalar.value - first)
      guard open.remove(index) != nil else { return nil }
      if !words.isEmpty { parts.append(.text(String(words))) }
      words = String.UnicodeScalarView()
      parts.append(.mark(marks[index]))
    }
    if !words.isEmpty { parts.append(.text(String(words))) }
    guard open.isEmpty, parts.contains(where: \.hasText) else { return nil }
    return writing.written(parts)
  }
}

extension DocumentSegment.Part {
  fileprivate var hasText: Bool {
    guard case .text(let text) = self else { return false }
    return text.unicodeScalars.contains { !$0.properties.isWhitespace }
  }
}

/// How the translation of a segment is written.
struct SegmentWriting: Sendable {
  /// How characters are escaped; those that are not here stay as they are.
  var escapes: [Unicode.Scalar: String] = [:]
  /// The end of a line of the segment.
  struct LineBreak: Sendable {
    /// With what begins the next line.
    var code: [UInt8]
    /// The share of the text that is before it.
    var share: Double

    /// The number of characters of a line, without tags.
    private static func length(of line: ArraySlice<UInt8>) -> Int {
      var (count, isTag) = (0, false)
      for byte in line {
        if byte == UInt8(ascii: "<") { isTag = true }
        if !isTag, byte & 0xC0 != 0x80 { count += 1 }
        if byte == UInt8(ascii: ">") { isTag = false }
      }
      return count
    }

    /// Those between lines of a document.
    static func all(_ lines: [Range<Int>], _ bytes: [UInt8]) -> [LineBreak] {
      let lengths = lines.map { length(of: bytes[$0]) + 1 }
      let total = lengths.reduce(0, +) - 1
      var before = 0
      return zip(lengths, zip(lines, lines.dropFirst())).map { length, neighbors in
        let (line, next) = neighbors
        before += length
        return LineBreak(
          code: Array(bytes[line.upperBound..<next.lowerBound]), share: Double(before) / Double(max(1, total))
        )
      }
    }
  }

  /// The ends of the segment's lines; empty for a segment on one line.
  var lineBreaks: [LineBreak] = []
  /// Whether text must not look like a tag.
  var guardsTags = false
  /// Whether a line may not begin with characters that would mean something there.
  var guardsLineStarts = false

  /// The bytes of parts of text and marks.
  func written(_ parts: [DocumentSegment.Part]) -> [UInt8] {
    var pieces: [[UInt8]] = []
    for part in parts {
      switch part {
      case .mark(let mark): pieces.append(mark.code)
      case .text(let text):
        var escaped = ""
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
          if let escape = escapes[scalar] {
            escaped += escape
          } else if guardsTags, scalar == "<", index + 1 < scalars.count, Self.beginsTag(scalars[index + 1]) {
            escaped += "&lt;"
          } else {
            escaped.unicodeScalars.append(scalar)
          }
        }
        pieces.append(Array(escaped.utf8))
      }
    }
    guard !lineBreaks.isEmpty else { return Array(pieces.joined()) }
    return wrapped(parts, pieces)
  }

  /// The text on as many lines as the source has, of about the same length, broken at spaces of the text.
  private func wrapped(_ parts: [DocumentSegment.Part], _ pieces: [[UInt8]]) -> [UInt8] {
    let whole = Array(pieces.joined())
    var spaces: [(place: Int, visible: Int)] = []
    var (offset, visible) = (0, 0)
    for (part, piece) in zip(parts, pieces) {
      guard case .text = part else {
        offset += piece.count
        continue
      }
      for byte in piece {
        // Bytes within characters do not count.
        if byte & 0xC0 != 0x80 { visible += 1 }
        if byte == UInt8(ascii: " "), mayBreak(whole, at: offset) { spaces.append((offset, visible)) }
        offset += 1
      }
    }
    var breaks: [Int: [UInt8]] = [:]
    for lineBreak in lineBreaks {
      let wanted = Int((Double(visible) * lineBreak.share).rounded())
      let last = breaks.keys.max() ?? -1
      let space = spaces.filter { $0.place > last }.min {
        abs($0.visible - wanted) < abs($1.visible - wanted)
      }
      if let space { breaks[space.place] = lineBreak.code }
    }
    var result: [UInt8] = []
    for (index, byte) in whole.enumerated() {
      if let lineBreak = breaks[index] { result += lineBreak } else { result.append(byte) }
    }
    return result
  }

  private static func beginsTag(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.properties.isAlphabetic || "/!?".unicodeScalars.contains(scalar))
  }

  private func mayBreak(_ text: [UInt8], at space: Int) -> Bool {
    guard space > 0, space + 1 < text.count, text[space - 1] != UInt8(ascii: " "),
      text[space + 1] != UInt8(ascii: " ")
    else { return false }
    return !guardsLineStarts || !Self.wouldBeginBlock(text[(space + 1)...])
  }

  /// Whether a line that begins like this would be something else than text in Markdown.
  private static func wouldBeginBlock(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return false }
    let word = text.prefix { $0 != 0x20 }
    switch first {
    case UInt8(ascii: "#"), UInt8(ascii: ">"), UInt8(ascii: "|"), UInt8(ascii: "="): return true
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "_"):
      return word.allSatisfy { $0 == first }
    case UInt8(ascii: "`"), UInt8(ascii: "~"): return word.starts(with: [first, first, first])
    default: return 0x30...0x39 ~= first && (word.last == 0x2E || word.last == 0x29)
    }
  }
}
