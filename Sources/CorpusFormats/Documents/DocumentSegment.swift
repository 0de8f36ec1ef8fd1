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
  private let marked: MarkedText
  private let marks: [Mark]
  private let writing: SegmentWriting

  /// The text, with a character for each mark.
  var text: String { marked.text }
  /// The marks' characters in the text.
  var spans: [ProtectedSpan] { marked.spans }
  /// Whether there is something to translate.
  var hasWords: Bool { marked.hasWords }

  /// A segment.
  ///
  /// - Parameters:
  ///   - range: the bytes of the document that its parts take.
  ///   - parts: text and marks; white space at the ends of the segment is not among them.
  ///   - writing: how its translation is written.
  init?(range: Range<Int>, parts: [Part], writing: SegmentWriting) {
    let marked = MarkedText(
      parts.map { part in
        switch part {
        case .text(let text): .text(text)
        case .mark(let mark): .mark(mark.role)
        }
      })
    guard let marked else { return nil }
    (self.range, self.marked, self.writing) = (range, marked, writing)
    marks = parts.compactMap { part in
      guard case .mark(let mark) = part else { return nil }
      return mark
    }
  }

  /// A translation as it is written in the document; nil if it is empty or lacks a mark.
  func written(_ translation: String) -> [UInt8]? {
    marked.parts(of: translation).map { parts in
      writing.written(
        parts.map { part in
          switch part {
          case .text(let text): .text(text)
          case .mark(let index): .mark(marks[index])
          }
        })
    }
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
