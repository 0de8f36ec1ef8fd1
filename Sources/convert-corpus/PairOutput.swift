import CorpusFormats
import Files
import Formatting
import Reporting

/// Where pairs go: two text files, one file, or standard output.
final class PairOutput {
  private let source, target: TextOutputFile?
  private let standard = StandardOutput()
  private let stripsTags: Bool
  private let format: PairFormat?
  private let origin: CorpusFormat
  private let languages: LanguagePair
  private var writer: PairWriter?
  /// The number of pairs so far.
  private(set) var count = 0

  /// - Parameters:
  ///   - arguments: where to write, and how.
  ///   - origin: the format of the input.
  /// - Throws: `FileError` if a file cannot be written.
  init(_ arguments: ConvertCorpusArguments, origin: CorpusFormat?) throws {
    (stripsTags, self.origin) = (arguments.stripsTags, origin ?? .tsv)
    languages = LanguagePair(source: arguments.sourceLanguage, target: arguments.targetLanguage)
    if let first = arguments.sourceOutput, let second = arguments.targetOutput {
      format = nil
      (source, target) = (try TextOutputFile(path: first), try TextOutputFile(path: second))
      return
    }
    let path = arguments.output ?? "-"
    let name = path.lowercased()
    format = arguments.outputFormat ?? (name.hasSuffix(".tmx") || name.hasSuffix(".tmx.gz") ? .tmx : .tsv)
    (source, target) = (path == "-" ? nil : try TextOutputFile(path: path), nil)
  }

  /// Writes a pair, unless one of its texts would be an empty line.
  ///
  /// - Returns: whether it was written.
  func write(_ pair: (source: TaggedText, target: TaggedText), of unit: TranslationUnit) throws -> Bool {
    let (first, second) = (
      line(of: pair.source, stripsTags: stripsTags), line(of: pair.target, stripsTags: stripsTags)
    )
    guard !first.isEmpty, !second.isEmpty else { return false }
    count += 1
    guard let format else {
      try source?.write(first + "\n")
      try target?.write(second + "\n")
      return true
    }
    if writer == nil {
      writer = try PairWriter(format, stripsTags: stripsTags, languages: languages(of: unit), origin: origin)
      try put(writer?.beginning ?? "")
    }
    try put(writer?.text(of: pair, unit: unit) ?? "")
    return true
  }

  /// The languages of a translation memory: those that were asked for, or those of the first unit.
  private func languages(of unit: TranslationUnit) throws -> LanguagePair {
    let pair = LanguagePair(
      source: languages.source.isEmpty ? unit.sourceLanguage : languages.source,
      target: languages.target.isEmpty ? unit.targetLanguage : languages.target)
    if format == .tmx, pair.source.isEmpty || pair.target.isEmpty {
      throw ConversionError.unknownLanguages(pair)
    }
    return pair
  }

  private func put(_ text: String) throws {
    guard !text.isEmpty else { return }
    // All that is written are whole lines.
    if let source { try source.write(text) } else { try standard.writeLine(String(text.dropLast())) }
  }

  /// Puts the files in place.
  func finish() throws {
    if let writer { try put(writer.end) }
    try source?.commit()
    try target?.commit()
    try standard.flush()
  }
}

/// What can be wrong with a conversion.
enum ConversionError: Error, CustomStringConvertible {
  /// A translation memory needs languages that the input does not name.
  case unknownLanguages(LanguagePair)
  /// A file has texts in one language only.
  case oneLanguage(path: String, format: CorpusFormat)
  /// Nothing can be written.
  case noPairs(path: String, left: String, languages: [String])

  /// What was found, and what to do.
  var description: String {
    switch self {
    case .unknownLanguages(let pair):
      "the languages are \(pair), but a translation memory names both; give --source-language and --target-language"
    case .oneLanguage(let path, let format):
      "'\(path)' (\(format.rawValue)) has texts in one language; give the file with their translations as --target-input"
    case .noPairs(let path, let left, let languages):
      "'\(path)' has no pair to write: \(left); languages in the file: "
        + "\(languages.isEmpty ? "not named" : languages.joined(separator: ", ")); see --include, --source-language and --target-language"
    }
  }
}
