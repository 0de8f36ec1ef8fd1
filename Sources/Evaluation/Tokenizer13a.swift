/// Separates punctuation as NIST's `mteval-v13a` does, in an ASCII view of the text.
///
/// Works on bytes: every rule looks at ASCII characters only, or at "no digit", which the bytes of other
/// characters are not either.
func tokenize13a(_ line: [UInt8]) -> [UInt8] {
  separatePunctuation([space] + unescaped(line) + [space])
}

/// The rules that 13a shares with the Chinese tokenizer.
func separatePunctuation(_ line: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(line.count * 2)
  for byte in line {
    if isSeparated(byte) { result += [space, byte, space] } else { result.append(byte) }
  }
  // A period or comma is apart unless a digit stands before it, then unless one stands behind it.
  result = rewritePairs(result, where: { !isDigit($0) && isPoint($1) }) { [$0, space, $1, space] }
  result = rewritePairs(result, where: { isPoint($0) && !isDigit($1) }) { [space, $0, space, $1] }
  return rewritePairs(result, where: { isDigit($0) && $1 == dash }) { [$0, space, $1, space] }
}

/// Rewrites pairs of neighbors from left to right; a byte belongs to one pair at most.
///
/// That a pair eats its bytes shows in rows of periods, where the reference's regular expressions do the same.
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

/// ASCII punctuation except `'`, `,`, `-` and `.`; the space as well, since pairs must not reach across it.
private func isSeparated(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x20...0x26, 0x28...0x2B, 0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
  default: false
  }
}

/// Undoes what the SGML files of old test sets needed.
private func unescaped(_ line: [UInt8]) -> [UInt8] {
  guard line.contains(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "<") }) else { return line }
  let escapes = [("<skipped>", ""), ("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")]
  // One escape after the other: "&amp;lt;" is "<" in the end.
  return escapes.reduce(line) { replacing(Array($1.0.utf8), with: Array($1.1.utf8), in: $0) }
}

private func replacing(_ pattern: [UInt8], with replacement: [UInt8], in line: [UInt8]) -> [UInt8] {
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
