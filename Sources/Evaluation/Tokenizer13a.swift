/// Calls `body` with the words of a line by the rules of NIST's `mteval-v13a`: byte arrays with the range of a word.
///
/// It works on bytes: every rule matches either ASCII characters or non-digits, and the bytes of other characters are
/// never digits.
func forEachWord13a(in line: [UInt8], _ body: ([UInt8], Range<Int>) -> Void) {
  forEachPunctuatedWord(in: unescaped(line), endsAreDigits: false, body)
}

/// Separates the marks that are separated wherever they are.
func separateMarks(_ line: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(line.count * 2)
  for byte in line {
    if isSeparated(byte) { result += [space, byte, space] } else { result.append(byte) }
  }
  return result
}

/// Separates the marks that can be parts of numbers and words.
func separatePoints(_ line: [UInt8]) -> [UInt8] {
  // Separates a period or comma unless there is a digit before it, then unless there is one after it.
  var result = rewritePairs(line, where: { !isDigit($0) && isPoint($1) }) { [$0, space, $1, space] }
  result = rewritePairs(result, where: { isPoint($0) && !isDigit($1) }) { [space, $0, space, $1] }
  return rewritePairs(result, where: { isDigit($0) && $1 == dash }) { [$0, space, $1, space] }
}

/// Rewrites pairs of adjacent bytes from left to right; a byte belongs to at most one pair.
///
/// This matters in runs of periods, and is what the regular expressions of the original do.
private func rewritePairs(
  _ line: [UInt8], where matches: (UInt8, UInt8) -> Bool, as pair: (UInt8, UInt8) -> [UInt8]
) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(line.count + 16)
  var index = 0
  while index < line.count {
    if index + 1 < line.count, matches(line[index], line[index + 1]) {
      result += pair(line[index], line[index + 1])
      index += 2
    } else {
      result.append(line[index])
      index += 1
    }
  }
  return result
}

private let space = UInt8(ascii: " ")
private let dash = UInt8(ascii: "-")

private func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
private func isPoint(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") }

/// Whether a byte is ASCII punctuation except `'`, `,`, `-` and `.`, or a space, which pairs must not span.
private func isSeparated(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x20...0x26, 0x28...0x2B, 0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
  default: false
  }
}

/// Reverts the escapes of SGML files of old test sets.
private func unescaped(_ line: [UInt8]) -> [UInt8] {
  guard line.contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "<") }) else { return line }
  return withoutXMLEscapes(replacing(Array("<skipped>".utf8), with: [], in: line))
}

/// Resolves the four escapes that XML text needs.
func withoutXMLEscapes(_ line: [UInt8]) -> [UInt8] {
  guard line.contains(UInt8(ascii: "&")) else { return line }
  let escapes = [("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")]
  // One escape after another: "&amp;lt;" becomes "<".
  return escapes.reduce(line) { replacing(Array($1.0.utf8), with: Array($1.1.utf8), in: $0) }
}

/// A line with every occurrence of a pattern replaced, from left to right.
func replacing(_ pattern: [UInt8], with replacement: [UInt8], in line: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var index = 0
  while index < line.count {
    if line[index...].starts(with: pattern) {
      result += replacement
      index += pattern.count
    } else {
      result.append(line[index])
      index += 1
    }
  }
  return result
}
