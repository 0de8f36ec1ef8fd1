/// The prefixes of a file for namespaces that matter here.
///
/// A prefix that is declared again has its newest meaning, even behind the element that declares it; files of office
/// programs declare each prefix once.
struct XMLPrefixes {
  private var usualPrefixes: [String: String] = [:]

  /// Notes the declarations of a start tag.
  mutating func note(_ event: XMLEvent) {
    for attribute in event.attributes where attribute.name.hasPrefix("xmlns") {
      guard attribute.name == "xmlns" || attribute.name.hasPrefix("xmlns:") else { continue }
      usualPrefixes[String(attribute.name.dropFirst(6))] = ParagraphMarkup.prefix(
        ofNamespace: attribute.value)
    }
  }

  /// A name with the usual prefix of its namespace; empty for other namespaces.
  func usual(_ name: String) -> String {
    let colon = name.utf8.firstIndex(of: UInt8(ascii: ":"))
    guard let usual = usualPrefixes[colon.map { String(name[..<$0]) } ?? ""] else { return "" }
    return usual + ":" + (colon.map { name[name.index(after: $0)...] } ?? name[...])
  }
}
