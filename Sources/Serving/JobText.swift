import CorpusFormats
import Text
import Translation

/// A text as lines to translate, and how their translations become one text again.
struct JobText {
  private enum Form {
    /// Lines, with the line ends between them.
    case plain(ends: [String])
    case document(TextDocument)
  }

  /// The lines to translate.
  let lines: [SourceLine]
  private let form: Form

  /// - Parameters:
  ///   - text: the text.
  ///   - format: how it is written.
  ///   - markup: what its tags mean.
  init(_ text: String, _ format: TextJob.Format, markup: MarkupRules = MarkupRules()) {
    switch format {
    case .text:
      let (lines, ends) = linesWithEnds(of: text)
      (self.lines, form) = (lines.map { SourceLine($0) }, .plain(ends: ends))
    case .html, .xml:
      let document = TextDocument(
        contents: Array(text.utf8), format: format == .xml ? .xml : .html, markup: markup)
      lines = document.lines.map { line in
        var source = SourceLine(line.text)
        source.spans = line.spans
        return source
      }
      form = .document(document)
    }
  }

  /// The text with the translations of its lines.
  ///
  /// - Parameters:
  ///   - translations: of each line, best first; at least one.
  ///   - count: how many other translations are wanted.
  /// - Returns: the best, and others that are not equal.
  func filled(_ translations: [[SourceLine]], alternatives count: Int) -> TranslatedText {
    var texts: [String] = []
    for rank in 0...count {
      // A line with fewer keeps its last one, so that the others differ in the rest.
      let text = joined(
        translations.map { found in
          found.isEmpty ? "" : String(decoding: found[min(rank, found.count - 1)].text, as: UTF8.self)
        })
      if !texts.contains(text) { texts.append(text) }
    }
    return TranslatedText(text: texts[0], alternatives: Array(texts.dropFirst()))
  }

  private func joined(_ translations: [String]) -> String {
    switch form {
    case .plain(let ends): zip(translations, ends).map { $0 + $1 }.joined()
    case .document(let document): String(decoding: document.filled(translations).contents, as: UTF8.self)
    }
  }
}

/// A line with other text, in which the characters that stand for markup are looked for again.
extension SourceLine {
  func replacingText(by text: String) -> SourceLine {
    var line = SourceLine(text)
    for span in spans {
      let character = Array(self.text[span.range])
      guard let place = line.text.firstPlace(of: character) else { continue }
      line.spans.append(
        ProtectedSpan(range: place..<place + character.count, kind: span.kind, role: span.role))
    }
    line.spans.sort { $0.range.lowerBound < $1.range.lowerBound }
    return line
  }
}

extension [UInt8] {
  fileprivate func firstPlace(of pattern: [UInt8]) -> Int? {
    guard !pattern.isEmpty, count >= pattern.count else { return nil }
    return (0...count - pattern.count).first { self[$0..<$0 + pattern.count].elementsEqual(pattern) }
  }
}

/// The lines of a text, and the end of each: a line feed, both characters of Windows, or nothing behind the last.
func linesWithEnds(of text: String) -> (lines: [String], ends: [String]) {
  var (lines, ends, line): ([String], [String], String.UnicodeScalarView) = ([], [], .init())
  for scalar in text.unicodeScalars {
    guard scalar == "\n" else {
      line.append(scalar)
      continue
    }
    let isWindows = line.last == "\r"
    if isWindows { line.removeLast() }
    lines.append(String(line))
    ends.append(isWindows ? "\r\n" : "\n")
    line = .init()
  }
  return (lines + [String(line)], ends + [""])
}
