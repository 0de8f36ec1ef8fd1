/// A message of a catalog with its places in the text.
struct POEntry: Sendable {
  /// The translation of one form.
  struct Form: Sendable {
    let index: Int
    var text: String
    /// From the first quotation mark to the last.
    var range: Range<Int>
  }

  /// Where its first line begins.
  var start: Int
  /// Where marks belong: the first line of the message or of its previous version.
  var messageStart: Int?
  /// Where the first line of flags begins.
  var flagsStart: Int?
  var flags: Set<String> = []
  var notes: [String] = []
  var context: String?
  var id: String?
  var plural: String?
  var forms: [Form] = []
  var isObsolete = false

  /// Whether it is the header.
  var isHeader: Bool { id?.isEmpty == true && context == nil }

  init(start: Int) { self.start = start }
}

/// The text in quotation marks as catalogs have it; if it has several lines, each on its own, after an empty one.
func quotedForCatalog(_ text: String) -> String {
  var lines = [""]
  for scalar in text.unicodeScalars {
    lines[lines.count - 1] += escapedForCatalog(scalar)
    if scalar == "\n" { lines.append("") }
  }
  if lines.count > 1, lines.last == "" { lines.removeLast() }
  if lines.count > 1 { lines.insert("", at: 0) }
  return lines.map { "\"\($0)\"" }.joined(separator: "\n")
}

private func escapedForCatalog(_ scalar: Unicode.Scalar) -> String {
  switch scalar {
  case "\\": "\\\\"
  case "\"": "\\\""
  case "\n": "\\n"
  case "\t": "\\t"
  case "\r": "\\r"
  case "\u{7}": "\\a"
  case "\u{8}": "\\b"
  case "\u{b}": "\\v"
  case "\u{c}": "\\f"
  case "\0"..<" ": octal(scalar.value)
  default: String(Character(scalar))
  }
}

/// Another control character; three digits, so that none that follows belongs to it.
private func octal(_ value: UInt32) -> String {
  let digits = String(value, radix: 8)
  return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
}
