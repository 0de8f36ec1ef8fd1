/// What the header of a catalog says: the translation of the empty message.
struct CatalogHeader: Sendable, Equatable {
  var language = ""
  var sourceLanguage = ""
  var charset = ""
  var plural = PluralRule()

  init() {}

  /// - Parameter text: lines of a name, a colon and a value.
  init(_ text: String) {
    for line in text.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].trimmed
      switch line[..<colon].trimmed.lowercased() {
      case "language": language = value
      case "x-source-language": sourceLanguage = value
      case "plural-forms": plural = PluralRule(header: value)
      case "content-type": charset = Self.charset(in: value)
      default: break
      }
    }
  }

  /// The encoding that a catalog declares, found without decoding it.
  ///
  /// All encodings of catalogs contain ASCII, so that the header can be read before the encoding is known.
  ///
  /// - Parameter bytes: the beginning of a file.
  /// - Returns: empty if there is none.
  static func charset(ofCatalog bytes: [UInt8]) -> String {
    let text = String(
      decoding: bytes.prefix(1 << 16).map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    for line in text.split(whereSeparator: \.isNewline) {
      // Only comments and the header come first.
      if line.hasPrefix("msgid"), !line.trimmed.hasSuffix("\"\"") { return "" }
      let line = line.lowercased()
      if line.contains("content-type:"), line.hasPrefix("\"") || line.hasPrefix("msgstr") {
        return charset(in: line)
      }
    }
    return ""
  }

  private static func charset(in value: String) -> String {
    guard let range = value.lowercased().firstRange(of: "charset=") else { return "" }
    let rest = value[
      value.index(value.startIndex, offsetBy: value.distance(from: value.startIndex, to: range.upperBound))...
    ]
    return String(rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.:".contains($0)) })
  }
}

extension StringProtocol {
  /// Without white space at its ends.
  var trimmed: String {
    guard let start = firstIndex(where: { !$0.isWhitespace }),
      let end = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[start...end])
  }
}
