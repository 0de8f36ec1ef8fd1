/// The text of a start tag, of which single attributes can be changed; everything else stays as it is.
struct StartTagText {
  private(set) var text: String

  init(_ text: String) { self.text = text }

  /// Whether it is written as one tag, `<x/>`.
  var isEmptyTag: Bool { text.hasSuffix("/>") }

  /// The tag as a start tag that an end tag follows.
  mutating func open() {
    guard isEmptyTag else { return }
    text.removeLast(2)
    while text.last?.isWhitespace == true { text.removeLast() }
    text += ">"
  }

  /// Sets an attribute.
  mutating func set(_ name: String, _ value: String) {
    let escaped = escapedAttribute(value)
    if let range = valueRange(of: name) {
      text.replaceSubrange(range, with: escaped)
    } else {
      let end = text.index(text.endIndex, offsetBy: isEmptyTag ? -2 : -1)
      let hasSpace = end > text.startIndex && text[text.index(before: end)].isWhitespace
      text.insert(contentsOf: "\(hasSpace ? "" : " ")\(name)=\"\(escaped)\"\(hasSpace ? " " : "")", at: end)
    }
  }

  /// Removes an attribute with the white space before it.
  mutating func remove(_ name: String) {
    guard let value = valueRange(of: name) else { return }
    var start = text[..<value.lowerBound].lastIndex(of: "=") ?? value.lowerBound
    while start > text.startIndex, text[text.index(before: start)].isWhitespace {
      start = text.index(before: start)
    }
    start = text.index(start, offsetBy: -name.count)
    while start > text.startIndex, text[text.index(before: start)].isWhitespace {
      start = text.index(before: start)
    }
    text.removeSubrange(start..<text.index(after: value.upperBound))
  }

  /// The range of an attribute's value, between its quotation marks.
  private func valueRange(of name: String) -> Range<String.Index>? {
    var position = text.startIndex
    while let equals = text[position...].firstIndex(of: "=") {
      var quote = text.index(after: equals)
      while quote < text.endIndex, text[quote].isWhitespace { quote = text.index(after: quote) }
      guard quote < text.endIndex, text[quote] == "\"" || text[quote] == "'" else { return nil }
      let start = text.index(after: quote)
      guard let end = text[start...].firstIndex(of: text[quote]) else { return nil }
      let before = text[position..<equals].split(whereSeparator: \.isWhitespace).last
      if before.map(String.init) == name { return start..<end }
      position = text.index(after: end)
    }
    return nil
  }
}

/// Text for an XML file; control characters that XML cannot hold are left out.
func escapedXML(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\r": escaped += "&#13;"
    case "\t", "\n": escaped.unicodeScalars.append(scalar)
    case "\0"..<" ", "\u{fffe}", "\u{ffff}": break
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}

/// The value of an attribute in quotation marks of either kind.
func escapedAttribute(_ text: String) -> String {
  escapedXML(text).replacing("\"", with: "&quot;").replacing("'", with: "&apos;").replacing(
    "\n", with: "&#10;"
  )
  .replacing("\t", with: "&#9;")
}

extension TaggedText {
  /// The text with its tags for an XML file.
  var xml: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): escapedXML(text)
      case .tag(let tag): tag.code
      }
    }.joined()
  }
}
