/// What the beginning of a file shows without parsing it.
enum XMLHead {
  /// The beginning as text, as far as it is ASCII, whatever the encoding; other characters are replaced.
  static func text(_ bytes: [UInt8]) -> String {
    let encoding = TextEncoding(of: bytes)
    var body = bytes.prefix(1 << 14).dropFirst(encoding?.mark.count ?? 0)
    if encoding?.name.hasPrefix("UTF-16") == true { body = body.filter { $0 != 0 }[...] }
    return String(decoding: body.map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }

  /// The name of the root element; nil if the text is not XML.
  static func rootElement(_ text: String) -> String? {
    var rest = text[...]
    while true {
      rest = rest.drop(while: \.isWhitespace)
      guard rest.first == "<" else { return nil }
      let body = rest.dropFirst()
      if body.hasPrefix("!--") {
        guard let end = body.firstRange(of: "-->") else { return nil }
        rest = body[end.upperBound...]
      } else if body.hasPrefix("!DOCTYPE") {
        let name = body.dropFirst(8).drop(while: \.isWhitespace).prefix {
          !$0.isWhitespace && $0 != ">" && $0 != "["
        }
        return name.isEmpty ? nil : String(name)
      } else if body.hasPrefix("?") {
        guard let end = body.firstRange(of: "?>") else { return nil }
        rest = body[end.upperBound...]
      } else {
        let name = body.prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
        return name.isEmpty ? nil : String(name)
      }
    }
  }

  /// The encoding of an XML file by its byte order mark or its declaration.
  static func encoding(_ bytes: [UInt8]) -> TextEncoding {
    if let encoding = TextEncoding(of: bytes) { return encoding }
    let text = text(bytes)
    guard text.hasPrefix("<?xml"), let end = text.firstRange(of: "?>"),
      let name = text[..<end.lowerBound].firstRange(of: "encoding")
    else { return .utf8 }
    let value = text[name.upperBound..<end.lowerBound].split { "= \t\r\n\"'".contains($0) }.first ?? ""
    // Text with one byte a character that calls itself UTF-16 was converted without changing the declaration.
    return value.uppercased().hasPrefix("UTF-16") ? .utf8 : TextEncoding(name: String(value))
  }
}
