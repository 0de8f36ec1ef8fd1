import Formatting

/// A way to write pairs of texts into one file.
public enum PairFormat: String, Sendable, CaseIterable {
  /// The two texts of a line, with a tab between them.
  case tsv
  /// A translation memory.
  case tmx
}

/// Writes pairs of texts.
public struct PairWriter: Sendable {
  /// Whether tags are left out.
  private let stripsTags: Bool
  private let format: PairFormat
  private let languages: LanguagePair
  private let origin: CorpusFormat

  /// - Parameters:
  ///   - format: the format to write.
  ///   - stripsTags: whether tags are left out; otherwise their code is text, or in a translation memory a `ph`.
  ///   - languages: the languages of the pairs; a translation memory needs both.
  ///   - origin: the format that the pairs come from.
  public init(_ format: PairFormat, stripsTags: Bool, languages: LanguagePair, origin: CorpusFormat) {
    (self.format, self.stripsTags, self.languages, self.origin) = (format, stripsTags, languages, origin)
  }

  /// What is written before the first pair.
  public var beginning: String {
    guard format == .tmx else { return "" }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <tmx version="1.4">
      <header creationtool="convert-corpus" creationtoolversion="\(packageVersion)" segtype="block" \
      o-tmf="\(origin.rawValue)" adminlang="en" srclang="\(escapedAttribute(languages.source))" datatype="unknown"/>
      <body>

      """
  }

  /// What is written after the last pair.
  public var end: String { format == .tmx ? "</body>\n</tmx>\n" : "" }

  /// A pair.
  public func text(of pair: (source: TaggedText, target: TaggedText), unit: TranslationUnit) -> String {
    guard format == .tmx else {
      return line(of: pair.source, stripsTags: stripsTags) + "\t"
        + line(of: pair.target, stripsTags: stripsTags) + "\n"
    }
    func variant(_ text: TaggedText, _ language: String) -> String {
      "<tuv xml:lang=\"\(escapedAttribute(language))\"><seg>\(segment(text))</seg></tuv>"
    }
    let state = unit.state == .needsReview ? "<prop type=\"x-state\">needs-review-translation</prop>" : ""
    return
      "<tu>\(state)\(variant(pair.source, languages.source))\(variant(pair.target, languages.target))</tu>\n"
  }

  /// The content of a segment in a translation memory.
  private func segment(_ text: TaggedText) -> String {
    var number = 0
    return text.pieces.map { piece in
      switch piece {
      case .text(let words): return escapedXML(words)
      case .tag(let tag):
        number += 1
        if stripsTags { return "" }
        return origin == .tmx ? tag.code : "<ph x=\"\(number)\">\(escapedXML(tag.code))</ph>"
      }
    }.joined()
  }
}

/// The text on one line.
///
/// - Parameters:
///   - text: a segment; line ends and tabs in it become spaces.
///   - stripsTags: whether its tags are left out; otherwise their code is in the line.
/// - Returns: the line without a line end.
public func line(of text: TaggedText, stripsTags: Bool) -> String {
  singleLine(text.text(keepingTags: !stripsTags)).trimmed
}
