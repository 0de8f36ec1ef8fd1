// What Tercom can do to a line before words are compared, as sacreBLEU does it.

/// Resolves XML escapes and separates punctuation from words.
///
/// - Parameters:
///   - line: valid UTF-8 without trailing whitespace.
///   - splitsAsianText: whether characters of Chinese and Japanese become words.
/// - Returns: words with whitespace between them; an empty line stays empty.
func normalizeForTER(_ line: [UInt8], splitsAsianText: Bool) -> [UInt8] {
  guard !line.isEmpty else { return line }
  let marked = separateMarks([0x20] + withoutXMLEscapes(line) + [0x20])
  // A possessive becomes a word of its own.
  let result = separatePoints(replacing(Array("'s ".utf8), with: Array(" 's ".utf8), in: marked))
  return splitsAsianText ? splitAsianText(result) : result
}

/// Removes punctuation marks.
func removePunctuationForTER(_ line: [UInt8], includesAsian: Bool) -> [UInt8] {
  let kept = line.filter { !punctuation.contains($0) }
  guard includesAsian, kept.contains(where: { $0 >= 0x80 }) else { return kept }
  return utf8(of: scalars(of: kept).filter { !isAsianPunctuation($0) })
}

private let punctuation = Array(".,?:;!\"()".utf8)

private func splitAsianText(_ line: [UInt8]) -> [UInt8] {
  guard line.contains(where: { $0 >= 0x80 }) else { return line }
  return utf8(
    of: scalars(of: line).flatMap { isAsianWord($0) || isAsianPunctuation($0) ? [0x20, $0, 0x20] : [$0] })
}

/// Whether a character is a word by itself.
///
/// sacreBLEU's rules for kana never apply, because they look for kana at the beginning of a line that begins with a
/// space. Its range for enclosed letters is `\u3200-\u3f22`, which includes some of Extension A twice.
private func isAsianWord(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x31C0...0x31EF, 0x2E80...0x2EFF, 0x3200...0x3F22, 0xF900...0xFAFF,
    0xFE30...0xFE4F:
    true
  default: false
  }
}

private func isAsianPunctuation(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x3001, 0x3002, 0x3008...0x3011, 0x3014...0x301F, 0xFF61...0xFF65, 0x30FB: true
  case 0xFF0E, 0xFF0C, 0xFF1F, 0xFF1A, 0xFF1B, 0xFF01, 0xFF02, 0xFF08, 0xFF09: true
  default: false
  }
}
