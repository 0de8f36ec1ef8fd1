public import CommandLineArguments
import Formatting
import Machine
public import Text

/// The options of `build-vocab`.
struct BuildVocabArguments: CommandArguments {
  var source: [String] = []
  var target: [String] = []
  var output = ""
  /// How the pipeline prepares text.
  var settings = TextPipelineSettings()
  var protectedWordFiles: [String] = []
  /// What is too long to learn from.
  var limits = LearningLimits()
  var threads = availableProcessors()
  var applyCodes = ""
  var printSourceWords = ""
  var printTargetWords = ""

  static let groups: [OptionGroupReference<Self>] = [
    .options("Files", fileOptions), .options("Words", wordOptions), .options("Subwords", subwordOptions),
    .options("Machine", machineOptions), .options("Other uses", modeOptions),
  ]

  private static let fileOptions: [Option<Self>] = [
    Option(
      "--source", "file", "source side, one sentence per line; repeat for more files", \.source,
      required: true),
    Option(
      "--target", "file", "target side, aligned with the source line by line", \.target, required: true),
    Option("--output", "folder", "output folder for the vocabulary", \.output, required: true),
  ]

  private static let wordOptions: [Option<Self>] = [
    Option(
      "--source-language", "code", "language of the source, such as 'de', 'jpn' or 'pt-BR'",
      \.settings.sourceLanguage),
    Option("--target-language", "code", "language of the target", \.settings.targetLanguage),
    Option(
      "--tokenizer", "kind", "word tokenizer; 'whitespace' for pre-tokenized text", \.settings.tokenizer),
    Option("--normalization", "form", "Unicode normalization form", \.settings.normalization),
    Option("--lowercase", "lowercase all text", \.settings.lowercase),
  ]

  private static let subwordOptions: [Option<Self>] = [
    Option(
      "--merges", "count", "number of BPE merges, like subword-nmt's -s", \.settings.merges,
      limit: .atLeast(0)),
    Option("--joint", "share one vocabulary between both sides", \.settings.joint),
    Option("--separate", "use one vocabulary per side", \.settings.joint, sets: false),
    Option(
      "--min-frequency", "count", "frequency below which a subword is split further",
      \.settings.minimumFrequency, limit: .atLeast(1)),
    Option(
      "--min-character-frequency", "count",
      "frequency below which a character is left out and words with it are copied (default: --min-frequency, at least "
        + "1 in small texts and 5 in large ones)",
      \.settings.minimumCharacterFrequency, limit: .atLeast(1)),
    Option(
      "--max-word-length", "count", "leave longer words, in characters, out of what is learned from",
      \.limits.wordLength, limit: .atLeast(1)),
    Option(
      "--max-line-length", "count", "leave longer lines, in characters, out of what is learned from",
      \.limits.lineLength, limit: .atLeast(1)),
    Option(
      "--tag", "tag", "token that may start a source line, such as \"<2de>\"; repeat for more",
      \.settings.tags),
    Option(
      "--protect", "pattern",
      "regular expression (ICU) of words that are never split; repeat for more", \.settings.protectedPatterns),
    Option(
      "--protect-words", "file", "words that are never split, one per line; repeat for more files",
      \.protectedWordFiles),
    Option("--split-digits", "make every digit a subword of its own", \.settings.splitsDigits),
  ]

  private static let machineOptions: [Option<Self>] = [
    Option("--threads", "count", "threads that preprocess text", \.threads, limit: .atLeast(1))
  ]

  private static let modeOptions: [Option<Self>] = [
    Option(
      "--apply-codes", "file",
      "only segment standard input with a codes file, like subword-nmt's apply-bpe; segment-text can do more",
      \.applyCodes),
    Option(
      "--print-source-words", "folder",
      "only tokenize standard input like the source side of this vocabulary, for word aligners",
      \.printSourceWords),
    Option(
      "--print-target-words", "folder",
      "only tokenize standard input like the target side of this vocabulary",
      \.printTargetWords),
  ]

  static let command = CommandDescription(
    name: "build-vocab",
    summary: "learns to split the words of two languages into subwords and writes the vocabulary",
    usage: ["--source <file> --target <file> --output <folder> [options]"],
    examples: [
      .init(
        "a shared vocabulary of about 10,000 subwords for English and German",
        "build-vocab --source train.en --target train.de --source-language en --target-language de \\\n"
          + "  --output vocab"),
      .init(
        "separate vocabularies for two scripts; the files are compressed, and the source has two",
        "build-vocab --source news.zh.gz --source talks.zh.gz --target all.en.gz --separate --merges 8000 \\\n"
          + "  --source-language zh --target-language en --output vocab"),
      .init(
        "one model for two target languages; a tag selects one",
        "build-vocab --source en-de.en --source en-fr.en --target en-de.de --target en-fr.fr \\\n"
          + #"  --tag "<2de>" --tag "<2fr>" --output vocab"#),
    ],
    discussion: """
      Lines are normalized and split into words, then byte pair encoding (Sennrich et al. 2016) learns merges: \
      frequent words stay whole, rare ones are split. Every character that is frequent enough becomes a token \
      (--min-character-frequency), so nothing written in these characters is ever unknown. Words with other characters \
      are copied into the translation whole. White space and invisible characters that mean nothing are removed.

      Tags tell a model what to do with a sentence, such as which language to translate it into. They are never \
      split, lowercased or normalized. A tag counts only as the first word of a source line, or through \
      --prefix-source of train-translation and translate; elsewhere the same characters are plain text, so tags \
      cannot be injected. A tag is written in angle brackets: <2de> or >>deu<<.

      Words and lines of thousands of characters are seldom language: hex dumps, encoded pictures, a file without \
      line ends. With --max-word-length and --max-line-length, they are left out of what is learned from, their \
      characters included, and counted in the report. Training and translation are not affected.

      Protected words, such as placeholders and product names, are found in the text before it is split into words, so \
      they may contain punctuation and spaces; they begin and end where words do. They are not counted for merges. Those \
      that occur at least twice (or --min-frequency times) become tokens; others are copied into the translation whole.

      Files may be plain or gzip; '-' is standard input. The output folder holds pipeline.json, vocab.txt (one token \
      per line, in the order of ids) and bpe.codes (in subword-nmt's format); with --separate, two of each. An \
      existing vocabulary is replaced; a folder with other files is left untouched.
      """,
    related: [
      "segment-text", "train-translation", "average-checkpoints", "quantize-model", "translate",
      "evaluate-translation",
    ])

  func requires(_ property: PartialKeyPath<Self>) -> Bool {
    applyCodes.isEmpty && printSourceWords.isEmpty && printTargetWords.isEmpty
  }

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    for (index, tag) in settings.tags.enumerated() {
      if let problem = TagForm.problem(of: tag) { throw .conflict("'--tag \(tag)' is not a tag: \(problem)") }
      if settings.tags[..<index].contains(tag) {
        throw .conflict("'--tag \(tag)' is given twice; give each tag once")
      }
    }
    if let mode = given.first(of: \.applyCodes, \.printSourceWords, \.printTargetWords) {
      return try requireNothing(but: mode, given)
    }
    try checkLanguage("--source-language", settings.sourceLanguage)
    try checkLanguage("--target-language", settings.targetLanguage)
    guard (source + target + protectedWordFiles).count(where: { $0 == "-" }) < 2 else {
      throw .conflict(
        "standard input can be read only once: use '-' once in '--source', '--target' and '--protect-words'")
    }
    for pattern in settings.protectedPatterns {
      if let problem = ProtectedWords.problem(ofPattern: pattern) {
        throw .conflict("'--protect \(pattern)': \(problem)")
      }
    }
  }

  private func checkLanguage(_ option: String, _ code: String) throws(ArgumentError) {
    do { _ = try Language(code: code) } catch { throw .conflict("'\(option)': \(error)") }
  }

  /// The file or folder determines everything, so any other option would be silently ignored.
  private func requireNothing(but mode: PartialKeyPath<Self>, _ given: GivenOptions<Self>)
    throws(ArgumentError)
  {
    guard let other = given.firstName(except: mode) else { return }
    let work =
      applyCodes.isEmpty ? "tokenizes as the vocabulary was built" : "segments tokenized lines as they are"
    throw .conflict("'\(other)' has no effect with '\(given.name(of: mode))', which \(work); leave one out")
  }
}

extension TokenizerKind: ArgumentValue {}
extension NormalizationForm: ArgumentValue {}
