public import CommandLineArguments
public import CorpusFormats

extension CorpusFormat: ArgumentValue {}
extension PairFormat: ArgumentValue {}

/// Which units to write.
enum IncludedState: String, CaseIterable, ArgumentValue {
  case translated, fuzzy
  case doNotTranslate = "do-not-translate"

  var state: TranslationState {
    switch self {
    case .translated: .translated
    case .fuzzy: .needsReview
    case .doNotTranslate: .doNotTranslate
    }
  }
}

/// The options of `convert-corpus`.
struct ConvertCorpusArguments: CommandArguments {
  var input = ""
  var targetInput: String?
  var format: CorpusFormat?
  var sourceLanguage = ""
  var targetLanguage = ""
  var output: String?
  var outputFormat: PairFormat?
  var sourceOutput: String?
  var targetOutput: String?
  var include = [IncludedState.translated]
  var stripsTags = false

  static let command = CommandDescription(
    name: "convert-corpus",
    summary: "turns translation memories, catalogs and glossaries into parallel text",
    usage: [
      "--input <file> --output-source <file> --output-target <file> [options]",
      "--input <file> --output <file> [options]",
    ],
    examples: [
      .init(
        "a translation memory as two text files for train-translation",
        """
        convert-corpus --input memory.tmx.gz --target-language de \\
          --output-source train.en --output-target train.de
        """
      ),
      .init(
        "a catalog as a table, with its fuzzy messages",
        "convert-corpus --input app.po --include translated,fuzzy"),
      .init(
        "Android's resources as a translation memory",
        """
        convert-corpus --input values/strings.xml --target-input values-de/strings.xml \\
          --source-language en --target-language de --output app.tmx
        """),
    ],
    discussion: """
      Reads TMX 1.1 to 1.4b, XLIFF 1 and 2 with SDLXLIFF, gettext's PO and MO, Qt Linguist's TS, Android's strings.xml, \
      Apple's .strings and .xcstrings, TSV, two text files, zip archives with them (as OPUS has for Moses), and TBX \
      glossaries, in UTF-8, UTF-16 or the encoding that a file \
      declares, plain or gzip. The format is recognized by content and name.

      A language finds its regions, 'en' also 'en-US', and exact matches come first; 'pt-BR' does not find 'pt-PT'. If a \
      file goes from the target to the source language, its pairs are turned around. A message with plural forms gives a pair \
      for each form. Memories may have several translations of a text; each is a pair.

      By default only finished translations are written: no fuzzy messages, drafts or machine translations. In text and \
      TSV, line ends and tabs within a text become spaces, and formatting tags stay as they are in the file unless you \
      give --strip-tags. What was read, written and left out is reported.
      """,
    related: ["train-translation", "translate", "build-vocab", "evaluate-translation"])

  static let groups: [OptionGroupReference<Self>] = [
    .options("Input", inputOptions), .options("Output", outputOptions), .options("Text", textOptions),
  ]

  private static let inputOptions: [Option<Self>] = [
    Option(
      "--input", short: "i", "file", "file to read, plain or gzip; '-' is standard input", \.input,
      required: true),
    Option(
      "--target-input", "file",
      "file with the translations, if the formats have one language each: text, android, strings",
      \.targetInput),
    Option("--format", "name", "format of the input, if it is not recognized", \.format),
    Option(
      "--source-language", "code", "language to translate from (default: that of the file)", \.sourceLanguage),
    Option(
      "--target-language", "code", "language to translate to (default: that of the file)", \.targetLanguage),
  ]

  private static let outputOptions: [Option<Self>] = [
    Option(
      "--output", short: "o", "file",
      "file for the pairs, gzip if its name ends in .gz; '-' is standard output (default, if no other is given)",
      \.output),
    Option(
      "--output-format", "name", "format of --output (default: by its name, otherwise tsv)", \.outputFormat),
    Option("--output-source", "file", "text file for the source side, one text per line", \.sourceOutput),
    Option("--output-target", "file", "text file for the target side", \.targetOutput),
  ]

  private static let textOptions: [Option<Self>] = [
    Option("--include", "state,...", "which translations to write", \.include, list: .commaSeparated),
    Option("--strip-tags", "leave out formatting tags", \.stripsTags),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    guard (sourceOutput == nil) == (targetOutput == nil) else {
      throw .conflict("'--output-source' and '--output-target' belong together; give both")
    }
    if sourceOutput != nil, output != nil || outputFormat != nil {
      throw .conflict("give '--output', or '--output-source' and '--output-target', not both")
    }
    if let sourceOutput, sourceOutput == targetOutput {
      throw .conflict("'--output-source' and '--output-target' are the same file; give two")
    }
    if input == "-", targetInput == "-" {
      throw .conflict("'-' (standard input) is named twice; name a file for one side")
    }
  }
}
