import CommandLineArguments
import CorpusFormats
import Files
import Formatting
import Glibc
import Reporting
import Translation

/// Translates the text of a document in place.
struct TextDocumentTask {
  /// What a document is.
  enum Format {
    case text(DocumentFormat)
    case package(PackageFormat)

    var name: String {
      switch self {
      case .text(let format): format.rawValue
      case .package(let format): format.rawValue
      }
    }
  }

  /// A document that was read.
  private enum Document {
    case text(TextDocument)
    case package(PackageDocument)

    var lines: [TextDocument.Line] {
      switch self {
      case .text(let document): document.lines
      case .package(let document): document.lines
      }
    }

    func filled(_ translations: [String]) throws -> (contents: [UInt8], left: Int) {
      switch self {
      case .text(let document): document.filled(translations)
      case .package(let document): try document.filled(translations)
      }
    }
  }

  private let arguments: TranslateArguments
  private let format: Format

  /// - Throws: `ArgumentError` for options that only lines of text can have.
  init(_ arguments: TranslateArguments, _ format: Format) throws {
    (self.arguments, self.format) = (arguments, format)
    guard arguments.format == .plain, arguments.files.prefixes.isEmpty, arguments.files.translations.isEmpty
    else {
      throw ArgumentError.conflict(
        "a document (\(format.name)) has no lines for '--prefix' and '--score', and no "
          + "place for '--n-best', '--scores', '--alignment' and '--json'; leave them out")
    }
    guard case .package = format else { return }
    guard arguments.documents.options == FillOptions(), arguments.documents.format == nil else {
      throw ArgumentError.conflict(
        "a document (\(format.name)) has one language, so that '--format', '--source-language', '--target-language', "
          + "'--overwrite-translations' and '--mark' have no effect; leave them out")
    }
    guard arguments.files.input != "-" else {
      throw ArgumentError.conflict(
        "a document (\(format.name)) is not read from standard input; give --input")
    }
    guard arguments.files.output != "-" || isatty(STDOUT_FILENO) == 0 else {
      throw ArgumentError.conflict("a document (\(format.name)) is no text for a terminal; give --output")
    }
  }

  private func read() throws -> Document {
    let path = arguments.files.input
    switch format {
    case .text(let format): return .text(try TextDocument(path: path, format: format))
    case .package(let format):
      let document = try PackageDocument(path: path)
      guard document.format == format || arguments.files.inputFormat == .text else {
        throw ArgumentError.conflict(
          "'\(path)' is \(document.format.rawValue), not \(format.rawValue); leave out '--input-format'")
      }
      return .package(document)
    }
  }

  func run() throws {
    // Fail on a wrong path before reading the model, which takes time.
    let document = try read()
    let path = arguments.files.output
    let output = path == "-" ? nil : try TextOutputFile(path: path)
    let translations = document.lines.isEmpty ? [] : try translate(document.lines)
    let (contents, left) = try document.filled(translations)
    if let output {
      try output.write(contents)
      try output.commit()
    } else {
      let standard = StandardOutput()
      try standard.write(contents)
      try standard.flush()
    }
    let segments = translations.count == 1 ? "1 segment" : "\(Readable.count(translations.count)) segments"
    var words = "'\(arguments.files.input)' (\(format.name)): \(segments) translated"
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
