/// HTML with named places, written `{{name}}`.
struct PageTemplate: Sendable {
  static let page = PageTemplate(PageFiles.template)

  private enum Part: Sendable {
    case html(Substring)
    case place(String)
  }

  private let parts: [Part]

  init(_ text: String) {
    var (parts, rest): ([Part], Substring) = ([], text[...])
    while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
      let name = rest[start..<end]
      guard name.hasPrefix("{{"), rest[end...].hasPrefix("}}") else {
        parts.append(.html(rest[...start]))
        rest = rest[rest.index(after: start)...]
        continue
      }
      parts += [.html(rest[..<start]), .place(String(name.dropFirst(2)))]
      rest = rest[end...].dropFirst(2)
    }
    self.parts = parts + [.html(rest)]
  }

  /// The text with values in its places, which are HTML.
  func filled(_ values: [String: String]) -> String {
    parts.map { part in
      switch part {
      case .html(let text): String(text)
      case .place(let name): values[name] ?? ""
      }
    }.joined()
  }
}
