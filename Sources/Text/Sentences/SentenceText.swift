import CICU

/// What the boundaries of sentences depend on: the words and characters next to them.
enum SentenceText {
  /// Where a sentence ends that is followed by white space, closing marks, and white space again.
  static func endAfterClosingMarks(_ line: borrowing Span<UInt8>, _ end: Int) -> Int {
    var position = WhiteSpace.end(line, from: end, to: line.count)
    let start = position
    while position < line.count {
      let scalar = decodeScalar(line, at: position)
      if Mark.isWhitespace(scalar.value) { return position > start ? position : end }
      guard ICU.isClosing(scalar.value) else { return end }
      position += scalar.length
    }
    return position > start ? position : end
  }

  /// Where the first letter begins; the end of the range if there is none.
  static func firstLetter(_ line: borrowing Span<UInt8>, _ range: Range<Int>) -> Int {
    var position = range.lowerBound
    while position < range.upperBound {
      let scalar = decodeScalar(line, at: position)
      if isLetter(scalar.value) { return position }
      position += scalar.length
    }
    return range.upperBound
  }

  /// Where the last letter begins; nil if there is none.
  static func lastLetter(_ line: borrowing Span<UInt8>, _ range: Range<Int>) -> Int? {
    var end = range.upperBound
    while end > range.lowerBound {
      let scalar = decodeScalar(line, before: end)
      // An invalid byte is U+FFFD, one byte long.
      let isInvalid = scalar == 0xFFFD && line[end - 1] != 0xBD
      end -= isInvalid ? 1 : min(UTF8.width(Unicode.Scalar(scalar) ?? " "), end - range.lowerBound)
      if isLetter(scalar) { return end }
    }
    return nil
  }

  /// The last word before a boundary, with its period and without opening marks: `Dr.` of `(Dr.`.
  static func lastWord(_ line: borrowing Span<UInt8>, _ range: Range<Int>) -> Substring {
    var start = range.upperBound
    while start > range.lowerBound {
      let scalar = decodeScalar(line, before: start)
      if Mark.isWhitespace(scalar) { break }
      start -= UTF8.width(Unicode.Scalar(scalar) ?? " ")
      // A longer word is no abbreviation.
      if range.upperBound - start > 64 { break }
    }
    let word = text(line, max(start, range.lowerBound)..<range.upperBound)
    return word.drop { !($0.isLetter || $0.isNumber) }
  }

  /// The first word after a boundary, and whether it begins with a lowercase letter.
  static func firstWord(_ line: borrowing Span<UInt8>, _ range: Range<Int>) -> (
    text: Substring, isLowercase: Bool
  ) {
    var end = range.lowerBound
    while end < range.upperBound, end - range.lowerBound < 64 {
      let scalar = decodeScalar(line, at: end)
      if Mark.isWhitespace(scalar.value) { break }
      end += scalar.length
    }
    let word = text(line, range.lowerBound..<min(end, range.upperBound)).drop {
      !($0.isLetter || $0.isNumber)
    }
    return (word, word.first?.isLowercase ?? false)
  }

  /// Where sentences of tokenized text end: after final punctuation marks that are tokens of their own, and the closing
  /// marks after them.
  static func tokenizedEnds(_ line: borrowing Span<UInt8>) -> [Int] {
    var ends: [Int] = []
    var isAfterMark = false
    var start = 0
    while start < line.count {
      var end = start
      while end < line.count, line[end] != 0x20 { end += 1 }
      let token = String(text(line, start..<end))
      if finalMarks.contains(token) {
        isAfterMark = true
      } else if isAfterMark, !token.isEmpty, !closingMarks.contains(token) {
        ends.append(start)
        isAfterMark = false
      }
      start = end + 1
    }
    return ends + [line.count]
  }

  private static let finalMarks: Set<String> = [
    ".", "!", "?", "...", "…", "。", "！", "？", "؟", "۔", "।", "॥", "։", "።",
  ]
  private static let closingMarks: Set<String> = [
    "\"", "'", "''", "”", "’", "»", ")", "]", "&quot;", "&apos;", "」", "』", "）",
  ]

  private static func text(_ line: borrowing Span<UInt8>, _ range: Range<Int>) -> Substring {
    var bytes: [UInt8] = []
    bytes.append(line.extracting(range))
    return String(decoding: bytes, as: UTF8.self)[...]
  }

  private static func isLetter(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return 0x41...0x5A ~= scalar & ~0x20 }
    let category = ICU.category(scalar)
    return category >= ICU_CATEGORY_UPPERCASE_LETTER && category <= ICU_CATEGORY_OTHER_LETTER
  }
}
