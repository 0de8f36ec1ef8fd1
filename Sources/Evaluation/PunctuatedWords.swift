// The rules that 13a shares with the Chinese tokenizer, in one pass. `Tokenizer13a.swift` has them as they are written
// in NIST's script, one after another; TER's normalization uses those.

/// Calls `body` with each word of a line, in which punctuation is separated from words, but not inside numbers.
///
/// The rules only insert spaces, so that a word is a range of the line. Most marks are words wherever they are. A dash is
/// one after a digit. A period or comma is one unless it is between digits; in a run of periods and commas, all are
/// separated, except that the last one may begin a number: the rules match pairs of characters from left to right, so it
/// depends on how many there are.
///
/// - Parameters:
///   - line: UTF-8.
///   - endsAreDigits: whether a period or comma at an end of the line stays as if there were a digit.
///   - body: receives the line and the range of a word.
func forEachPunctuatedWord(in line: [UInt8], endsAreDigits: Bool, _ body: ([UInt8], Range<Int>) -> Void) {
  let kinds = kinds
  var (start, index) = (0, 0)
  func isDigit(_ place: Int) -> Bool {
    line.indices.contains(place) ? kinds[Int(line[place])] == .digit : endsAreDigits
  }
  func end(before place: Int, next: Int) {
    if place > start { body(line, start..<place) }
    start = next
  }
  while index < line.count {
    switch kinds[Int(line[index])] {
    case .other, .digit: index += 1
    case .blank:
      end(before: index, next: index + 1)
      index += 1
    case .wide:
      let length = whitespaceLength(line, at: index)
      if length > 0 { end(before: index, next: index + length) }
      index += max(1, length)
    case .mark:
      end(before: index, next: index)
      end(before: index + 1, next: index + 1)
      index += 1
    case .dash:
      if index > 0, kinds[Int(line[index - 1])] == .digit {
        end(before: index, next: index)
        end(before: index + 1, next: index + 1)
      }
      index += 1
    case .point:
      var stop = index + 1
      while stop < line.count, kinds[Int(line[stop])] == .point { stop += 1 }
      let run = PointRun(
        count: stop - index, followsDigit: isDigit(index - 1), precedesDigit: isDigit(stop))
      if !run.firstJoins { end(before: index, next: index) }
      for place in index + 1..<stop { end(before: place, next: place) }
      if !run.lastJoins { end(before: stop, next: stop) }
      index = stop
    }
  }
  end(before: line.count, next: line.count)
}

/// Periods and commas next to each other, or all punctuation of the international tokenizer.
///
/// The rules are: separate the second of a pair of a non-digit and a point, from left to right; then the first of a pair of
/// a point and a non-digit. A character belongs to at most one pair of a rule.
struct PointRun {
  /// Whether the first one stays with the character before the run: a single one between digits.
  let firstJoins: Bool
  /// Whether the last one stays with the digit after the run: no pair is left for it.
  let lastJoins: Bool

  init(count: Int, followsDigit: Bool, precedesDigit: Bool) {
    firstJoins = followsDigit && precedesDigit && count == 1
    lastJoins = precedesDigit && count.isMultiple(of: 2) != followsDigit
  }
}

/// What the rules see in a byte.
private enum Kind: UInt8 {
  case other, blank, wide, mark, point, digit, dash
}

/// The kinds of all bytes; `wide` bytes can begin a white space of several bytes.
private let kinds: [Kind] = (0..<256).map { byte in
  switch UInt8(byte) {
  case 0x20, 0x09...0x0D, 0x1C...0x1F: .blank
  case 0xC2, 0xE1...0xE3: .wide
  case UInt8(ascii: "."), UInt8(ascii: ","): .point
  case UInt8(ascii: "-"): .dash
  case 0x30...0x39: .digit
  case 0x21...0x26, 0x28...0x2B, 0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: .mark
  default: .other
  }
}
