/// A line with spaces around every Chinese character, without white space at its beginning.
///
/// The rest is split like with 13a, see ``forEachPunctuatedWord(in:endsAreDigits:_:)``.
func separatingChinese(_ line: [UInt8]) -> [UInt8] {
  var start = 0
  while start < line.count {
    let length = whitespaceLength(line, at: start)
    guard length > 0 else { break }
    start += length
  }
  let trimmed = start == 0 ? line : Array(line[start...])
  guard trimmed.contains(where: { $0 >= 0x80 }) else { return trimmed }
  var separated: [UInt32] = []
  separated.reserveCapacity(3 * trimmed.count)
  for scalar in scalars(of: trimmed) {
    if isChinese(scalar) {
      separated.append(0x20)
      separated.append(scalar)
      separated.append(0x20)
    } else {
      separated.append(scalar)
    }
  }
  return utf8(of: separated)
}

/// Whether sacreBLEU's tokenizer treats a character as Chinese.
///
/// Its table has `\u20000` and `\u2f800` for plane 2, which Python reads as U+2000 and "0": so U+2001 to U+2A6D are
/// included, with dashes, quotation marks and arrows, and Extension B is not. Equal scores need the same table.
private func isChinese(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x2001...0x2A6D: true
  case 0x2E80...0x2FDF, 0x2FF0...0x303F: true
  case 0x3100...0x312F, 0x31A0...0x31BF, 0x31C0...0x31EF, 0x3200...0x33FF: true
  case 0x3400...0x4DB5, 0x4E00...0x9FBB: true
  case 0xF900...0xFA2D, 0xFA30...0xFA6A, 0xFA70...0xFAD9: true
  case 0xFE10...0xFE1F, 0xFE30...0xFE4F, 0xFF00...0xFFEF: true
  default: false
  }
}
