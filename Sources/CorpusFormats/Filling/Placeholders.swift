/// Finds what stands in a text for something else and must come back as it is: `%s`, `%(name)s`, `%1`, `{0}`, `${name}`,
/// `<b>`, `&amp;`.
enum Placeholders {
  private typealias Scalars = Substring.UnicodeScalarView
  private static let longest = 400

  /// The text cut into stretches without placeholders, and placeholders.
  static func split(_ text: String) -> [(text: String, isPlaceholder: Bool)] {
    var parts: [(text: String, isPlaceholder: Bool)] = []
    var (plain, rest) = ("", text[...].unicodeScalars)
    while let first = rest.first {
      guard let length = length(rest) else {
        plain.unicodeScalars.append(first)
        rest.removeFirst()
        continue
      }
      if !plain.isEmpty { parts.append((plain, false)) }
      plain = ""
      parts.append((String(rest.prefix(length)), true))
      rest = rest.dropFirst(length)
    }
    if !plain.isEmpty { parts.append((plain, false)) }
    return parts
  }

  /// A placeholder as a tag; markup such as `<b>` and `</b>` encloses text.
  static func tag(_ placeholder: String) -> InlineTag {
    guard placeholder.hasPrefix("<"), !placeholder.hasSuffix("/>") else {
      return InlineTag(.standalone, code: placeholder)
    }
    return InlineTag(placeholder.hasPrefix("</") ? .closing : .opening, code: placeholder)
  }

  /// The placeholders of a text, sorted.
  static func sorted(_ text: String) -> [String] { split(text).filter(\.isPlaceholder).map(\.text).sorted() }

  /// The length of the placeholder with which a text begins; nil if there is none.
  private static func length(_ text: Scalars) -> Int? {
    switch text.first {
    case "%": printf(text) ?? braces(text.dropFirst()).map { $0 + 1 }
    case "{": braces(text)
    case "$", "#": text.dropFirst().first == "{" ? braces(text.dropFirst()).map { $0 + 1 } : nil
    case "<": markup(text)
    case "&": entity(text)
    default: nil
    }
  }

  private static func printf(_ whole: Scalars) -> Int? {
    // Counting in the rest of a long text would take time for each sign.
    let text = whole.prefix(120)
    var rest = text.dropFirst()
    if rest.first == "%" { return 2 }
    if rest.first == "(" {
      guard let end = rest.prefix(60).firstIndex(of: ")") else { return nil }
      rest = rest[rest.index(after: end)...]
    }
    let digits = rest.prefix { isDigit($0) }
    if !digits.isEmpty, digits.count < 3 {
      let behind = rest.dropFirst(digits.count)
      if behind.first == "$" { rest = behind.dropFirst() }
    }
    let start = rest
    rest = rest.drop { "-+#0'".unicodeScalars.contains($0) }
    rest = rest.drop { isDigit($0) || $0 == "*" || $0 == "." }
    rest = rest.drop { "hlLqjzt".unicodeScalars.contains($0) }
    if let kind = rest.first, "diouxXeEfFgGaAcsSpnm@".unicodeScalars.contains(kind) {
      return text.count - rest.count + 1
    }
    // Qt counts arguments.
    let number = start.first == "L" ? start.dropFirst().prefix { isDigit($0) } : start.prefix { isDigit($0) }
    guard 1...2 ~= number.count else { return nil }
    return text.count - start.count + number.count + (start.first == "L" ? 1 : 0)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { "0"..."9" ~= scalar }

  private static func braces(_ text: Scalars) -> Int? {
    var (depth, length) = (0, 0)
    for scalar in text.prefix(longest) {
      length += 1
      if scalar == "{" { depth += 1 }
      if scalar == "}" { depth -= 1 }
      if depth == 0 { return length > 1 ? length : nil }
    }
    return nil
  }

  private static func markup(_ text: Scalars) -> Int? {
    let name = text.dropFirst().first == "/" ? text.dropFirst(2) : text.dropFirst()
    guard let letter = name.first, letter.isASCII, letter.properties.isAlphabetic else { return nil }
    var length = 0
    for scalar in text.prefix(longest) {
      length += 1
      if scalar == ">" { return length }
      if length > 1, scalar == "<" { return nil }
    }
    return nil
  }

  private static func entity(_ text: Scalars) -> Int? {
    let name = text.dropFirst().prefix {
      $0.isASCII && ($0.properties.isAlphabetic || isDigit($0) || $0 == "#")
    }
    guard 2...10 ~= name.count, text.dropFirst(1 + name.count).first == ";" else { return nil }
    return name.count + 2
  }
}
