import CommandLineArguments
import CorpusFormats
import Files
import Formatting
import Reporting
import Translation

/// Fills the missing translations of a file.
struct DocumentTask {
  private let arguments: TranslateArguments
  private let format: CorpusFormat

  /// - Throws: `ArgumentError` for options that only lines of text can have.
  init(_ arguments: TranslateArguments, _ format: CorpusFormat) throws {
    (self.arguments, self.format) = (arguments, format)
    guard arguments.format == .plain, !arguments.files.guidesLines, arguments.files.inputFormat == .text
    else {
      throw ArgumentError.conflict(
        "'\(arguments.files.input)' is a translation file (\(format.rawValue)), which has no lines for '--input-format', "
          + "'--prefix' and '--score', and no place for '--n-best', '--scores', '--alignment' and '--json'; leave them out"
      )
    }
  }

  func run() throws {
    let path = arguments.files.output
    // Fail on a wrong path before reading the model, which takes time.
    let output = path == "-" ? nil : try TextOutputFile(path: path)
    var options = arguments.documents.options
    var translator: Translator?
    if [.tmx, .xcstrings].contains(format), options.targetLanguage.isEmpty {
      translator = try TranslateCommand.makeTranslator(arguments)
      options.targetLanguage = translator?.service.languages.target ?? ""
    }
    let document = try DocumentTranslation(path: arguments.files.input, format: format, options: options)
    let filled = try fill(document, by: translator)
    if let output {
      try output.write(filled.contents)
      try output.commit()
    } else {
      let standard = StandardOutput()
      try standard.write(filled.contents)
      try standard.flush()
    }
    report(document, filled)
  }

  private func fill(_ document: DocumentTranslation, by translator: Translator?) throws -> FilledDocument {
    guard document.missingCount > 0 else { return try document.filled { $0 } }
    let translator = try translator ?? TranslateCommand.makeTranslator(arguments)
    checkLanguages(document, translator)
    let progress = arguments.showsProgress ? ProgressBar("text", total: nil) : nil
    defer { progress?.finish() }
    var count = 0
    return try document.filled { lines in
      var results: [String] = []
      for start in stride(from: 0, to: lines.count, by: 2000) {
        results += try translator.translate(Array(lines[start..<min(start + 2000, lines.count)])).map(\.text)
        count += min(2000, lines.count - start)
        progress?.update(count)
      }
      return results
    }
  }

  /// Says if the model translates between other languages than those of the file.
  private func checkLanguages(_ document: DocumentTranslation, _ translator: Translator) {
    let model = translator.service.languages
    for pair in document.languages.keys.sorted(by: { $0.description < $1.description }) {
      guard !pair.fits(source: model.source, target: model.target) else { continue }
      let languages = LanguagePair(source: model.source, target: model.target)
      say("warning: the file's languages are \(pair), those of the model \(languages)")
    }
  }

  private func report(_ document: DocumentTranslation, _ filled: FilledDocument) {
    var words =
      "'\(arguments.files.input)' (\(format.rawValue)): \(Readable.count(document.unitCount)) units, "
      + "\(Readable.count(document.missingCount)) texts to translate, \(Readable.count(filled.filledCount)) filled in"
    if filled.leftCount > 0 {
      words +=
        ", \(Readable.count(filled.leftCount)) left: their translation is empty or has a character that the "
        + "file's encoding lacks"
    }
    say(words)
  }

  private func say(_ message: String) { Console.standardError.message("translate: " + message) }
}
