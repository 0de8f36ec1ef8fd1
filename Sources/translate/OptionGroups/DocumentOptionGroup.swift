public import CommandLineArguments
public import CorpusFormats
import Files
import Formatting

extension CorpusFormat: ArgumentValue {}
extension FillMark: ArgumentValue {}

/// How missing translations are filled into files that hold both languages.
struct DocumentOptionGroup: OptionGroup {
  var format: CorpusFormat?
  var options = FillOptions()

  static let title = "Translation files"
  static let options: [Option<Self>] = [
    Option(
      "--format", "name", "format of --input, if it is not recognized",
      \.format),
    Option(
      "--source-language", "code", "language to translate from (default: that of the file)",
      \.options.sourceLanguage),
    Option(
      "--target-language", "code",
      "language to translate to (default: that of the file; for a memory that of the model)",
      \.options.targetLanguage),
    Option(
      "--overwrite-translations", "also replace the translations that are there",
      \.options.overwritesTranslations),
    Option(
      "--mark", "how", "how new translations are marked: fuzzy is what the format calls unreviewed",
      \.options.mark),
  ]

  /// The format of a file to fill in; nil for plain text.
  ///
  /// - Throws: `FileError` if the file cannot be read, `ArgumentError` if options have no effect on plain text.
  func format(of path: String) throws -> CorpusFormat? {
    if let format { return format }
    if let format = try CorpusFormat.ofNamedFile(path) { return format }
    guard options == FillOptions() else {
      throw ArgumentError.conflict(
        "'\(path)' is plain text, for which '--source-language', '--target-language', '--overwrite-translations' and "
          + "'--mark' have no effect; leave them out, or give --format")
    }
    return nil
  }
}
