import CommandLineArguments
import CorpusFormats
import Files
import Formatting
import Reporting
import Translation

/// Translates the text of a document in place.
struct TextDocumentTask {
  private let arguments: TranslateArguments
  private let format: DocumentFormat

  /// - Throws: `ArgumentError` for options that only lines of text can have.
  init(_ arguments: TranslateArguments, _ format: DocumentFormat) throws {
    (self.arguments, self.format) = (arguments, format)
    guard arguments.format == .plain, arguments.files.prefixes.isEmpty, arguments.files.translations.isEmpty
    else {
      throw ArgumentError.conflict(
        "'--input-format \(format.rawValue)' translates a document, which has no lines for '--prefix' and '--score', and no "
          + "place for '--n-best', '--scores', '--alignment' and '--json'; leave them out")
    }
  }

  func run() throws {
    // Fail on a wrong path before reading the model, which takes time.
    let document = try TextDocument(path: arguments.files.input, format: format)
    let path = arguments.files.output
    let output = path == "-" ? nil : try TextOutputFile(path: path)
    let translations = document.lines.isEmpty ? [] : try translate(document.lines)
    let (contents, left) = document.filled(translations)
    if let output {
      try output.write(contents)
      try output.commit()
    } else {
      let standard = StandardOutput()
      try standard.write(contents)
      try standard.flush()
    }
    let segments = translations.count == 1 ? "1 segment" : "\(Readable.count(translations.count)) segments"
    var words = "'\(arguments.files.input)' (\(format.rawValue)): \(segments) translated"
    if left > 0 {
      words +=
        ", \(Readable.count(left)) left \(left == 1 ? "as it is: its" : "as they are: their") translation is empty or lacks markup"
    }
    Console.standardError.message("translate: " + words)
  }

  private func translate(_ lines: [TextDocument.Line]) throws -> [String] {
    let translator = try TranslateCommand.makeTranslator(arguments)
    let progress = arguments.showsProgress ? ProgressBar("segment", total: lines.count) : nil
    defer { progress?.finish() }
    var (translations, notices): ([String], Notices) = (
      [],
      Notices(
        flagBelow: arguments.confidence.flagBelow, hasGlossary: translator.request.glossary != nil)
    )
    for start in stride(from: 0, to: lines.count, by: 2000) {
      let results = try translator.translate(
        guided: lines[start..<min(start + 2000, lines.count)].map { line in
          var source = SourceLine(line.text)
          source.spans = line.spans
          return source
        })
      for result in results { notices.note(result) }
      translations += results.map(\.text)
      progress?.update(translations.count)
    }
    progress?.finish()
    notices.summarize()
    return translations
  }
}
