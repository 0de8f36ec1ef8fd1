import Files
import Text

/// Finds the segments of subtitles: the lines of text under a line of times.
///
/// Lines that speakers begin with a dash are segments by themselves; others are one, and wrapped again.
enum SubtitleScanner {
  static func segments(of bytes: [UInt8]) -> [DocumentSegment] {
    var segments: [DocumentSegment] = []
    var cue: [Range<Int>] = []
    var isText = false
    for line in DocumentLines(bytes) {
      let text = bytes[line]
      if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
        segments += self.segments(of: cue, bytes)
        (cue, isText) = ([], false)
      } else if isTimes(text) {
        // Without an empty line before, the last line is the number of this one.
        if let last = cue.last, bytes[last].allSatisfy({ 0x30...0x39 ~= $0 }) { cue.removeLast() }
        segments += self.segments(of: cue, bytes)
        (cue, isText) = ([], true)
      } else if isText {
        cue.append(line)
      }
    }
    return segments + self.segments(of: cue, bytes)
  }

  private static func isTimes(_ line: ArraySlice<UInt8>) -> Bool {
    let arrow = Array("-->".utf8)
    guard let place = line.indices.first(where: { line[$0...].starts(with: arrow) }) else { return false }
    return line[..<place].contains { 0x30...0x39 ~= $0 } && line[..<place].contains(UInt8(ascii: ":"))
  }

  private static func segments(of cue: [Range<Int>], _ bytes: [UInt8]) -> [DocumentSegment] {
    guard let first = cue.first, let last = cue.last, isUTF8(Array(bytes[first.lowerBound..<last.upperBound]))
    else {
      return []
    }
    let hasSpeakers = cue.count > 1 && cue.allSatisfy { isSpeech(bytes[$0]) }
    return (hasSpeakers ? cue.map { [$0] } : [cue]).compactMap { segment(of: $0, bytes) }
  }

  private static func isSpeech(_ line: ArraySlice<UInt8>) -> Bool {
    String(decoding: line, as: UTF8.self).unicodeScalars.first { $0 != " " }
      .map { "-–—".unicodeScalars.contains($0) } ?? false
  }

  private static func segment(of lines: [Range<Int>], _ bytes: [UInt8]) -> DocumentSegment? {
    guard let first = lines.first, let last = lines.last else { return nil }
    var parts: [DocumentSegment.Part] = []
    var open: [String] = []
    for (index, line) in lines.enumerated() {
      if index > 0 { parts.append(.text(" ")) }
      parts += self.parts(of: line, bytes, &open)
    }
    return DocumentSegment.trimmed(
      range: first.lowerBound..<last.upperBound, parts: parts,
      writing: SegmentWriting(lineBreaks: SegmentWriting.LineBreak.all(lines, bytes)))
  }

  /// Text, tags and positions such as `{\an8}`.
  private static func parts(of line: Range<Int>, _ bytes: [UInt8], _ open: inout [String])
    -> [DocumentSegment.Part]
  {
    var (parts, start, place): ([DocumentSegment.Part], Int, Int) = ([], line.lowerBound, line.lowerBound)
    func text(_ range: Range<Int>) -> [DocumentSegment.Part] {
      range.isEmpty ? [] : [.text(String(decoding: bytes[range], as: UTF8.self))]
    }
    while place < line.upperBound {
      var mark: (Range<Int>, ProtectedSpan.Role)?
      if bytes[place] == UInt8(ascii: "{"), place + 1 < line.upperBound,
        bytes[place + 1] == UInt8(ascii: "\\"),
        let end = bytes[place..<line.upperBound].prefix(200).firstIndex(of: UInt8(ascii: "}"))
      {
        mark = (place..<end + 1, .standalone)
      } else if bytes[place] == UInt8(ascii: "<"), let tag = HTMLTag(bytes, at: place, end: line.upperBound) {
        mark = (tag.range, HTMLTag.role(of: tag, &open))
      }
      guard let (range, role) = mark else {
        place += 1
        continue
      }
      parts += text(start..<place) + [.mark(.init(code: Array(bytes[range]), role: role))]
      (place, start) = (range.upperBound, range.upperBound)
    }
    return parts + text(start..<line.upperBound)
  }
}

extension HTMLTag {
  /// The role of a tag in a text; pairs are numbered by their places among the tags that were opened.
  static func role(of tag: HTMLTag, _ open: inout [String]) -> ProtectedSpan.Role {
    switch tag.kind {
    case .opening where !tag.isEmpty:
      open.append(tag.name)
      return .opening(open.count - 1)
    case .closing:
      guard let place = open.lastIndex(of: tag.name) else { return .standalone }
      // The number stays, the name is used up.
      open[place] = ""
      return .closing(place)
    default: return .standalone
    }
  }
}

/// The lines of a text, as ranges of bytes without their ends; `\n` and `\r\n` end lines, and a byte order mark precedes
/// the first one.
struct DocumentLines: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  private var position: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  mutating func next() -> Range<Int>? {
    guard position < bytes.count else { return nil }
    let start = position
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    position = Swift.min(end + 1, bytes.count)
    if end == bytes.count { position = bytes.count }
    return start..<(end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end)
  }
}
