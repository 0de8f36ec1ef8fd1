import Files

/// Reads Android's resources: strings, plural forms and arrays, all in one language.
///
/// Source: Android's documentation, "String resources".
struct AndroidReader: UnitReader {
  private let xml: XMLReader
  private var waiting: [LocatedUnit] = []
  private var space = SpaceBefore()

  init(_ xml: XMLReader) { self.xml = xml }

  mutating func next() throws(FileError) -> LocatedUnit? {
    while true {
      if !waiting.isEmpty { return waiting.removeFirst() }
      guard let event = try xml.next() else { return nil }
      defer { space.note(event) }
      guard event.kind == .start else { continue }
      let isTranslated = event.attribute("translatable") != "false"
      let name = event.attribute("name") ?? ""
      switch event.name {
      case "string": try read(event, id: name, isTranslated)
      case "plurals", "string-array":
        var index = 0
        while let item = try xml.next(), item.kind != .end {
          if item.kind == .start {
            if item.name == "item" {
              try read(item, id: "\(name)#\(item.attribute("quantity") ?? String(index))", isTranslated)
              index += 1
              try xml.requireFew(index, "items")
            } else {
              try xml.skipElement()
            }
          }
          space.note(item)
        }
      case "resources": break
      default: try xml.skipElement()
      }
    }
  }

  private mutating func read(_ start: XMLEvent, id: String, _ isTranslated: Bool) throws(FileError) {
    let segment = try xml.segment(start) { event in
      // `xliff:g` encloses what must not be translated.
      event.name.hasSuffix(":g") ? .opaque(.standalone) : .paired
    }
    var unit = TranslationUnit()
    unit.id = id
    unit.source = [unescaped(segment.text)]
    let text = segment.text.plain.trimmed
    // A reference to another resource.
    let isReference = text.hasPrefix("@") || text.hasPrefix("?")
    unit.state = isTranslated && !isReference ? .untranslated : .doNotTranslate
    let (place, name, space) = (segment.place, start.name, space.text)
    waiting.append(
      LocatedUnit(unit) { texts in
        guard let text = texts.forms.first, let text else { return [] }
        let mark =
          texts.mark == .unmarked
          ? [] : [Edit(at: place.start.lowerBound, "<!-- \(FillMark.commentText) -->\(space)")]
        let old = texts.source(place.content)
        let (before, after) = (
          old.prefix { $0.isWhitespace }, old.reversed().prefix { $0.isWhitespace }.reversed()
        )
        return mark + place.edits(before + escaped(text).xml + String(after), name: name, texts.source)
      })
  }
}

/// The text without Android's escapes, quotation marks and superfluous white space.
private func unescaped(_ text: TaggedText) -> TaggedText {
  var (result, isQuoted, endsInSpace) = (TaggedText(), false, true)
  for (index, piece) in text.pieces.enumerated() {
    guard case .text(let words) = piece else {
      if case .tag(let tag) = piece { result.append(tag) }
      endsInSpace = false
      continue
    }
    var (plain, rest) = (String.UnicodeScalarView(), Substring(words).unicodeScalars)
    while let scalar = rest.popFirst() {
      if scalar == "\\" {
        plain.append(contentsOf: escape(&rest))
        endsInSpace = false
      } else if scalar == "\"" {
        isQuoted.toggle()
      } else if !isQuoted, scalar.properties.isWhitespace, scalar.isASCII {
        if !endsInSpace { plain.append(" ") }
        endsInSpace = true
      } else {
        plain.append(scalar)
        endsInSpace = false
      }
    }
    if index == text.pieces.count - 1, endsInSpace, plain.last == " " { plain.removeLast() }
    result.append(String(plain))
  }
  return result
}

/// The character that an escape stands for.
private func escape(_ rest: inout Substring.UnicodeScalarView) -> [Unicode.Scalar] {
  guard let scalar = rest.popFirst() else { return ["\\"] }
  switch scalar {
  case "n": return ["\n"]
  case "t": return ["\t"]
  case "u":
    let digits = String(rest.prefix(4))
    guard digits.unicodeScalars.count == 4, let value = UInt32(digits, radix: 16) else { return ["u"] }
    rest = rest.dropFirst(4)
    // Two escapes may make one character.
    if 0xd800..<0xdc00 ~= value, String(rest.prefix(2)) == "\\u",
      let low = UInt32(String(rest.dropFirst(2).prefix(4)), radix: 16), 0xdc00..<0xe000 ~= low
    {
      rest = rest.dropFirst(6)
      return Unicode.Scalar(0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)).map { [$0] } ?? []
    }
    return [Unicode.Scalar(value) ?? "\u{fffd}"]
  default: return [scalar]
  }
}

/// The text with Android's escapes.
private func escaped(_ text: TaggedText) -> TaggedText {
  var (result, isFirst) = (TaggedText(), true)
  for piece in text.pieces {
    switch piece {
    case .tag(let tag): result.append(tag)
    case .text(let words):
      var plain = ""
      for scalar in words.unicodeScalars {
        switch scalar {
        case "\\", "'", "\"": plain += "\\\(scalar)"
        case "\n": plain += "\\n"
        case "\t": plain += "\\t"
        // Android makes one space of several.
        case " " where plain.last == " ": plain += "\\u0020"
        case "@" where isFirst, "?" where isFirst: plain += "\\\(scalar)"
        default: plain.unicodeScalars.append(scalar)
        }
        isFirst = false
      }
      result.append(plain)
    }
    isFirst = false
  }
  return result
}
