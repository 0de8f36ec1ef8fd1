import Text

/// The role of each span: pairs of tags get numbers, known tags without a partner mark places, and everything else is
/// copied, such as `<name>`, which someone may want to fill in.
func spanRoles(_ spans: [ProtectedSpan], in text: [UInt8]) -> [ProtectedSpan.Role] {
  var roles = spans.map { $0.role ?? .copied }
  var open: [(name: String, span: Int)] = []
  // Explicit numbers are not used again.
  var next = spans.reduce(0) { next, span in
    switch span.role {
    case .opening(let number), .closing(let number): max(next, number + 1)
    default: next
    }
  }
  for (index, span) in spans.enumerated() where span.kind == .tag && span.role == nil {
    let tag = TagName(text[span.range])
    if tag.isKnown || tag.isComment || tag.isEmpty { roles[index] = .standalone }
    if tag.isComment || tag.isEmpty { continue }
    if !tag.isClosing {
      open.append((tag.name, index))
    } else if let place = open.lastIndex(where: { $0.name == tag.name }) {
      (roles[open[place].span], roles[index]) = (.opening(next), .closing(next))
      next += 1
      open.removeSubrange(place...)
    }
  }
  return roles
}

/// The name of a tag.
struct TagName {
  var name = ""
  /// Whether it is `</…>`.
  var isClosing = false
  /// Whether nothing can be in it: `<…/>`, or one of HTML's elements without an end.
  var isEmpty = false
  var isComment = false

  init(_ tag: ArraySlice<UInt8>) {
    isComment = tag.starts(with: Array("<!".utf8))
    isClosing = tag.starts(with: Array("</".utf8))
    let rest = tag.dropFirst(isClosing ? 2 : 1)
    let letters = rest.prefix { 0x61...0x7A ~= $0 | 0x20 || 0x30...0x3A ~= $0 || $0 == 0x2D || $0 == 0x5F }
    name = String(decoding: letters, as: UTF8.self).lowercased()
    isEmpty = tag.dropLast().last == UInt8(ascii: "/") || Self.withoutEnd.contains(name)
  }

  /// Whether it is one of HTML's elements.
  var isKnown: Bool { Self.withoutEnd.contains(name) || Self.known.contains(name) }

  /// HTML's elements without an end.
  static let withoutEnd: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
  ]
  private static let known: Set<String> = [
    "a", "abbr", "acronym", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "body", "button",
    "caption",
    "center", "cite", "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure",
    "font",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "html", "i", "ins", "kbd",
    "label", "li",
    "main", "mark", "nav", "ol", "option", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section",
    "select",
    "small", "span", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "time",
    "title", "tr", "tt", "u", "ul", "var",
  ]
}
