/// A tag, a comment or a declaration of HTML or XML.
struct HTMLTag {
  enum Kind {
    case opening, closing, comment, declaration
    /// `<![CDATA[…]]>` of XML: text in which no tag begins.
    case literal
  }

  let range: Range<Int>
  let kind: Kind
  /// In lowercase, unless it is XML; empty for comments and declarations.
  let name: String
  /// Whether nothing can be in it: it is written `<…/>`, or its element has no end.
  let isEmpty: Bool
  /// Whether it says `translate="no"`.
  let isUntranslatable: Bool

  /// The tag that begins at `<`; nil if it is text, or has no end.
  init?(_ bytes: [UInt8], at start: Int, end: Int, isXML: Bool = false) {
    guard start + 1 < end, bytes[start] == UInt8(ascii: "<") else { return nil }
    var place = start + 1
    switch bytes[place] {
    case UInt8(ascii: "!"), UInt8(ascii: "?"):
      let isComment = bytes[place..<end].starts(with: Array("!--".utf8))
      let isLiteral = isXML && bytes[place..<end].starts(with: Array("![CDATA[".utf8))
      kind = isComment ? .comment : isLiteral ? .literal : .declaration
      let mark = Array((isComment ? "-->" : isLiteral ? "]]>" : ">").utf8)
      place = isComment ? start + 4 : start + 2
      while place + mark.count <= end, !bytes[place..<place + mark.count].elementsEqual(mark) { place += 1 }
      guard place + mark.count <= end else { return nil }
      range = start..<place + mark.count
      (name, isEmpty, isUntranslatable) = ("", true, false)
      return
    case UInt8(ascii: "/"):
      kind = .closing
      place += 1
    default: kind = .opening
    }
    let nameStart = place
    while place < end, Self.isNameByte(bytes[place]) || isXML && Self.isXMLNameByte(bytes[place]) {
      place += 1
    }
    guard place > nameStart, Self.beginsName(bytes[nameStart], isXML: isXML) else { return nil }
    let written = String(decoding: bytes[nameStart..<place], as: UTF8.self)
    let name = isXML ? written : written.lowercased()
    var isUntranslatable = false
    let stop = Self.skipAttributes(bytes, from: place, end: end) { name, value in
      if name == "translate", value == "no" { isUntranslatable = true }
      if name == "class", value.split(separator: " ").contains("notranslate") { isUntranslatable = true }
    }
    guard let stop else { return nil }
    (range, self.name, self.isUntranslatable) = (start..<stop, name, isUntranslatable)
    isEmpty =
      bytes[stop - 2] == UInt8(ascii: "/") && stop - 2 >= place
      || !isXML && HTMLElements.empty.contains(name)
  }

  private static func beginsName(_ byte: UInt8, isXML: Bool) -> Bool {
    0x61...0x7A ~= byte | 0x20 || isXML && (byte == UInt8(ascii: "_") || byte >= 0x80)
  }

  private static func isXMLNameByte(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte >= 0x80 }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    0x61...0x7A ~= byte | 0x20 || 0x30...0x3A ~= byte || byte == 0x2D || byte == 0x5F
  }

  /// Reads attributes up to the end of a tag.
  ///
  /// - Returns: the place after `>`; nil without one.
  private static func skipAttributes(
    _ bytes: [UInt8], from start: Int, end: Int, _ note: (String, String) -> Void
  ) -> Int? {
    var place = start
    func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(byte) }
    while place < end {
      let byte = bytes[place]
      if byte == UInt8(ascii: ">") { return place + 1 }
      // A tag that another one begins in has no end.
      if byte == UInt8(ascii: "<") { return nil }
      if isSpace(byte) || byte == UInt8(ascii: "/") {
        place += 1
        continue
      }
      let nameStart = place
      place += 1
      while place < end, !isSpace(bytes[place]), ![0x2F, 0x3E, 0x3D, 0x3C].contains(bytes[place]) {
        place += 1
      }
      let name = bytes[nameStart..<place]
      var next = place
      while next < end, isSpace(bytes[next]) { next += 1 }
      guard next < end, bytes[next] == UInt8(ascii: "=") else { continue }
      next += 1
      while next < end, isSpace(bytes[next]) { next += 1 }
      guard next < end else { return nil }
      let quote = bytes[next]
      let valueStart: Int
      if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        valueStart = next + 1
        next = valueStart
        while next < end, bytes[next] != quote { next += 1 }
        guard next < end else { return nil }
        place = next + 1
      } else {
        valueStart = next
        while next < end, !isSpace(bytes[next]), bytes[next] != UInt8(ascii: ">") { next += 1 }
        place = next
      }
      note(
        String(decoding: name, as: UTF8.self).lowercased(),
        String(decoding: bytes[valueStart..<next], as: UTF8.self).lowercased())
    }
    return nil
  }
}

/// Elements of HTML by what they do to text.
///
/// Source: the HTML standard, chapters 13.1.2 (elements without end, raw text) and 15.3 (which are rendered as blocks).
enum HTMLElements {
  /// Without an end.
  static let empty: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
  ]
  /// Whose text has no tags.
  static let raw: Set<String> = [
    "script", "style", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext",
  ]
  /// Whose text is no language, or not to be translated.
  static let untouched: Set<String> =
    raw.union([
      "pre", "code", "kbd", "samp", "var", "tt", "math", "svg", "template", "object", "canvas", "audio",
      "video",
    ])
  /// Of these, those within sentences.
  static let inline: Set<String> = [
    "code", "kbd", "samp", "var", "tt", "math", "svg", "a", "abbr", "b", "bdi", "bdo", "big", "cite", "del",
    "dfn", "em",
    "font", "i", "ins", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "label",
    "button",
  ]
  /// That end a sentence.
  static let blocks: Set<String> = [
    "address", "article", "aside", "base", "blockquote", "body", "br", "caption", "center", "col", "colgroup",
    "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame",
    "frameset", "h1", "h2",
    "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "link", "main", "menu",
    "meta", "nav",
    "noscript", "ol", "optgroup", "option", "p", "param", "search", "section", "select", "source", "summary",
    "table", "tbody",
    "td", "tfoot", "th", "thead", "title", "tr", "track", "ul",
  ]
}
