/// Replaces by spaces what is no language: URLs, e-mail addresses, names of files and hosts, tags and entities.
func clearTechnicalText(_ text: inout [UInt16]) {
  var start = 0
  while start < text.count {
    guard isVisibleASCII(text[start]) else {
      start += 1
      continue
    }
    if text[start] == tagStart, let end = tagEnd(text, start) {
      clear(&text, start..<end)
      start = end
      continue
    }
    var (end, isTechnical, hasSign) = (start, false, false)
    while end < text.count, isVisibleASCII(text[end]), end == start || text[end] != tagStart {
      if isSign(text[end]) {
        hasSign = true
        isTechnical = isTechnical || joins(text, end)
      }
      end += 1
    }
    if hasSign && isTechnical { clear(&text, start..<end) }
    start = end
  }
}

private let (tagStart, tagClose): (UInt16, UInt16) = (0x3C, 0x3E)

/// The longest tag that is one.
private let longestTag = 300

/// Where a tag that begins here ends; nil if none begins.
private func tagEnd(_ text: [UInt16], _ start: Int) -> Int? {
  guard start + 1 < text.count,
    isLetter(text[start + 1]) || text[start + 1] == 0x2F || text[start + 1] == 0x21
  else { return nil }
  for end in start + 2..<max(start + 2, min(text.count, start + longestTag)) where text[end] == tagClose {
    return end + 1
  }
  return nil
}

private func clear(_ text: inout [UInt16], _ range: Range<Int>) {
  for index in range { text[index] = LetterText.boundary }
}

private func isVisibleASCII(_ unit: UInt16) -> Bool { unit > 0x20 && unit < 0x7F }

private func isLetter(_ unit: UInt16) -> Bool { 0x61...0x7A ~= unit | 0x20 }

private func isLetterOrDigit(_ unit: UInt16) -> Bool { isLetter(unit) || 0x30...0x39 ~= unit }

/// Whether a character may join the parts of an address or a name: one of `.`, `/`, `:`, `@`, `_`, `&`, `=`, `\`.
private func isSign(_ unit: UInt16) -> Bool {
  switch unit {
  case 0x2E, 0x2F, 0x3A, 0x40, 0x5F, 0x26, 0x3D, 0x5C: true
  default: false
  }
}

/// Whether the sign here makes its word an address or a name: it is between letters or digits, or begins `://` or an entity.
private func joins(_ text: [UInt16], _ index: Int) -> Bool {
  guard index + 1 < text.count else { return false }
  let next = text[index + 1]
  if text[index] == 0x3A { return next == 0x2F }
  if text[index] == 0x26 {
    var end = index + 1
    while end < text.count, end - index < 10, isLetterOrDigit(text[end]) || text[end] == 0x23 { end += 1 }
    return end > index + 1 && end < text.count && text[end] == 0x3B
  }
  // `and/or` is language.
  if text[index] == 0x2F { return false }
  return index > 0 && isLetterOrDigit(text[index - 1]) && isLetterOrDigit(next)
}
