/// Writes the content of a paragraph: text in runs, and markup as it is in the part.
struct ParagraphWriter {
  private let paragraph: Paragraph
  /// The bytes of a range of the part, with the translations of paragraphs in it.
  private let code: (Range<Int>) -> [UInt8]
  private var output: [UInt8] = []
  private var openFormat: Int?
  private var isInText = false
  /// Whether the latest is no character, or a space.
  private var isAtSpace = true

  init(_ paragraph: Paragraph, code: @escaping (Range<Int>) -> [UInt8]) {
    (self.paragraph, self.code) = (paragraph, code)
  }

  /// The content with translations.
  ///
  /// - Parameter translations: for each segment its translation; nil to leave it as it is.
  /// - Returns: the bytes between the tags of the paragraph.
  mutating func write(_ translations: [[MarkedText.TranslatedPart]?]) -> [UInt8] {
    var rest = translations[...]
    for element in paragraph.elements {
      switch element {
      case .item(let item): write(item)
      case .segment(let segment):
        if let parts = rest.popFirst() ?? nil {
          write(segment, parts)
        } else {
          for item in segment.source { write(item) }
        }
      }
    }
    closeRun()
    return output
  }

  private mutating func write(_ item: Paragraph.Item) {
    switch item {
    case .text(let text, let format): write(text, format)
    case .code(let codes, _): write(codes)
    }
  }

  private mutating func write(_ codes: [Paragraph.Code]) {
    for part in codes {
      if let text = part.text {
        write(text, part.format ?? 0)
        continue
      }
      if let format = part.format { openRun(format) } else { closeRun() }
      closeText()
      output += code(part.range)
      isAtSpace = true
    }
  }

  private mutating func write(_ text: String, _ format: Int) {
    guard !text.isEmpty else { return }
    openRun(format)
    if !isInText { output += paragraph.textTags.opening }
    isInText = true
    for scalar in text.unicodeScalars { write(scalar) }
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    let isSpace = scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r"
    switch scalar {
    case _ where isSpace:
      if isAtSpace, let tag = paragraph.spaceTag { output += tag } else { output.append(UInt8(ascii: " ")) }
    case "&": output += Array("&amp;".utf8)
    case "<": output += Array("&lt;".utf8)
    case ">": output += Array("&gt;".utf8)
    // XML has no other control characters.
    case "\u{0}"..<"\u{20}", "\u{FFFE}", "\u{FFFF}": return
    default: output += Array(String(Character(scalar)).utf8)
    }
    isAtSpace = isSpace
  }

  private mutating func openRun(_ format: Int) {
    guard openFormat != format else { return }
    closeRun()
    output += paragraph.formats[format].opening
    openFormat = format
  }

  private mutating func closeText() {
    if isInText { output += paragraph.textTags.closing }
    isInText = false
  }

  private mutating func closeRun() {
    closeText()
    if let openFormat { output += paragraph.formats[openFormat].closing }
    openFormat = nil
  }
}

// MARK: - Translations

extension ParagraphWriter {
  /// Pairs whose markup must stay nested, wherever a translation puts it.
  private struct Nesting {
    var open: [(number: Int, closing: [Paragraph.Code])] = []
    /// Pairs that are closed, before or after they were opened.
    var closed: Set<Int> = []
  }

  private mutating func write(_ segment: ParagraphSegment, _ parts: [MarkedText.TranslatedPart]) {
    var (nesting, formats): (Nesting, [(number: Int, format: Int)]) = (Nesting(), [])
    var closedFormats: Set<Int> = []
    var (openRanges, earlyEnds): (Set<String>, [String: [Paragraph.Code]]) = (segment.rangeStarts, [:])
    for part in parts {
      switch part {
      case .text(let text): write(text, formats.last?.format ?? segment.baseFormat)
      case .mark(let index):
        switch segment.marks[index] {
        case .formatOpening(let number, let format):
          if !closedFormats.contains(number) { formats.append((number, format)) }
        case .formatClosing(let number):
          closedFormats.insert(number)
          formats.removeAll { $0.number == number }
        case .code(let codes, .opening(let number)): open(number, codes, segment, &nesting)
        case .code(_, .closing(let number)): close(number, &nesting)
        case .code(let codes, .rangeStart(let name)):
          write(codes)
          openRanges.remove(name)
          if let end = earlyEnds.removeValue(forKey: name) { write(end) }
        case .code(let codes, .rangeEnd(let name)):
          // A range does not end before it begins.
          if openRanges.contains(name) { earlyEnds[name] = codes } else { write(codes) }
        case .code(let codes, _): write(codes)
        }
      }
    }
    for pair in nesting.open.reversed() { write(pair.closing) }
  }

  private mutating func open(
    _ number: Int, _ codes: [Paragraph.Code], _ segment: ParagraphSegment, _ nesting: inout Nesting
  ) {
    write(codes)
    let closing = segment.closing(of: number)
    if nesting.closed.contains(number) { write(closing) } else { nesting.open.append((number, closing)) }
  }

  private mutating func close(_ number: Int, _ nesting: inout Nesting) {
    guard nesting.closed.insert(number).inserted else { return }
    while let last = nesting.open.last, nesting.open.contains(where: { $0.number == number }) {
      nesting.open.removeLast()
      nesting.closed.insert(last.number)
      write(last.closing)
    }
  }
}

extension ParagraphSegment {
  /// The names of the ranges that begin in it.
  fileprivate var rangeStarts: Set<String> {
    Set(
      marks.compactMap { mark in
        guard case .code(_, .rangeStart(let name)) = mark else { return nil }
        return name
      })
  }

  fileprivate func closing(of number: Int) -> [Paragraph.Code] {
    for case .code(let codes, .closing(number)) in marks { return codes }
    return []
  }
}
