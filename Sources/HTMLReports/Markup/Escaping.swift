/// Appends text with the characters escaped that HTML or XML would interpret, in text and in quoted attributes.
func appendEscaped(_ text: some StringProtocol, to markup: inout String) {
  guard text.utf8.contains(where: mayNeedEscape) else {
    markup += text
    return
  }
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": markup += "&amp;"
    case "<": markup += "&lt;"
    case ">": markup += "&gt;"
    case "\"": markup += "&quot;"
    case "'": markup += "&#39;"
    case _ where isForbidden(scalar): markup.unicodeScalars.append("\u{FFFD}")
    default: markup.unicodeScalars.append(scalar)
    }
  }
}

/// Whether a byte of UTF-8 belongs to a character that is escaped or forbidden, or may do so.
private func mayNeedEscape(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x09, 0x0A: false
  case ..<0x20, 0x22, 0x26, 0x27, 0x3C, 0x3E, 0x7F, 0xC2, 0xEF, 0xF0...: true
  default: false
  }
}

/// Whether XML or HTML does not allow a character: controls, and code points that are no characters.
private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09, 0x0A: false
  case ..<0x20, 0x7F...0x9F, 0xFDD0...0xFDEF: true
  case let value: value & 0xFFFE == 0xFFFE
  }
}
