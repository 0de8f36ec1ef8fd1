import Files

/// A part of a package with paragraphs in XML.
struct ParagraphDocument: Sendable {
  private let bytes: [UInt8]
  private let paragraphs: [Paragraph]

  /// - Parameters:
  ///   - bytes: the part, in UTF-8.
  ///   - path: its name for messages.
  ///   - markup: its elements.
  /// - Throws: ``FileError`` if it is not well-formed or in another encoding.
  init(_ bytes: [UInt8], path: String, markup: ParagraphMarkup) throws(FileError) {
    guard XMLHead.encoding(bytes).isUTF8 else {
      throw .invalidFormat(
        path: path, place: "", found: "XML in \(XMLHead.encoding(bytes).name)", expected: "UTF-8",
        hint: "open the document in a word processor and save it again")
    }
    self.bytes = bytes
    paragraphs = try ParagraphScanner.paragraphs(of: bytes, path: path, markup: markup)
  }

  /// The lines to translate, in order.
  var lines: [TextDocument.Line] {
    paragraphs.flatMap(\.segments).map { TextDocument.Line(text: $0.text.text, spans: $0.text.spans) }
  }

  /// The part with translations.
  ///
  /// - Parameter translations: one for each of ``lines``.
  /// - Returns: its bytes, and the number of segments that were left as they are.
  func filled(_ translations: [String]) -> (contents: [UInt8], left: Int) {
    var rest = translations[...]
    let parts = paragraphs.map { paragraph in
      paragraph.segments.map { segment in rest.popFirst().flatMap(segment.text.parts) }
    }
    let left = parts.reduce(0) { $0 + $1.count { $0 == nil } }
    return (written(0..<bytes.count, parts), left)
  }

  /// The bytes of a range with the translations of the paragraphs in it.
  private func written(_ range: Range<Int>, _ translations: [[[MarkedText.TranslatedPart]?]]) -> [UInt8] {
    var (output, position): ([UInt8], Int) = ([], range.lowerBound)
    var index = firstParagraph(after: range.lowerBound)
    while index < paragraphs.count, paragraphs[index].range.lowerBound < range.upperBound {
      let paragraph = paragraphs[index]
      // Those in the markup of a paragraph were written with it.
      if paragraph.range.lowerBound >= position, translations[index].contains(where: { $0 != nil }) {
        output += bytes[position..<paragraph.range.lowerBound]
        var writer = ParagraphWriter(paragraph) { written($0, translations) }
        output += writer.write(translations[index])
        position = paragraph.range.upperBound
      }
      index += 1
    }
    return output + bytes[position..<range.upperBound]
  }

  /// The index of the first paragraph whose content starts behind a place; markup starts before the paragraphs in it.
  private func firstParagraph(after place: Int) -> Int {
    var (low, high) = (0, paragraphs.count)
    while low < high {
      let middle = (low + high) / 2
      if paragraphs[middle].range.lowerBound <= place { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
