public import Files
public import Text

/// A document, and the segments of text in it.
///
/// A segment is what is translated together: a paragraph, a heading, a cell, or the lines of a subtitle. Everything else,
/// and the white space around segments, comes back byte for byte.
public struct TextDocument: Sendable {
  /// A line to translate.
  public struct Line: Sendable, Equatable {
    /// The text, in which a character of the private use area stands for each piece of markup.
    public var text: String
    /// These characters: what the model does not see, and what it must copy.
    public var spans: [ProtectedSpan]
  }

  private let contents: [UInt8]
  private let segments: [DocumentSegment]

  /// Finds the segments of a document.
  ///
  /// Nothing is too damaged: what cannot be understood is no text.
  ///
  /// - Parameters:
  ///   - contents: the document, in UTF-8; segments with other bytes are left as they are.
  ///   - format: its format.
  ///   - markup: what tags mean; for HTML and XML.
  public init(contents: [UInt8], format: DocumentFormat, markup: MarkupRules = MarkupRules()) {
    self.contents = contents
    let found =
      switch format {
      case .html: HTMLScanner.segments(of: contents, markup)
      case .xml: HTMLScanner.segments(ofXML: contents, markup)
      case .markdown: MarkdownScanner.segments(of: contents)
      case .srt: SubtitleScanner.segments(of: contents)
      }
    segments = found.filter(\.hasWords)
  }

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - path: the file, plain or gzip; `-` is standard input.
  ///   - format: its format.
  /// - Throws: `FileError` if the file cannot be read, or is too large.
  public init(path: String, format: DocumentFormat) throws(FileError) {
    self.init(contents: try CorpusInput(path: path, format: .tsv).whole(), format: format)
  }

  /// The lines to translate, in order.
  public var lines: [Line] { segments.map { Line(text: $0.text, spans: $0.spans) } }

  /// The document with translations in the places of its segments.
  ///
  /// - Parameter translations: one for each of ``lines``; an empty one leaves its segment as it is, and so does one that
  ///   lacks markup.
  /// - Returns: its bytes, and the number of segments that were left.
  public func filled(_ translations: [String]) -> (contents: [UInt8], left: Int) {
    precondition(
      translations.count == segments.count, "\(translations.count) translations of \(segments.count) segments"
    )
    var (result, position, left): ([UInt8], Int, Int) = ([], 0, 0)
    for (segment, translation) in zip(segments, translations) {
      guard let text = segment.written(translation) else {
        left += 1
        continue
      }
      result += contents[position..<segment.range.lowerBound] + text
      position = segment.range.upperBound
    }
    return (result + contents[position...], left)
  }
}
