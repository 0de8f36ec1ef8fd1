public import CommandLineArguments
import Formatting
import Machine
public import Text

/// The options of `build-vocab`.
struct BuildVocabArguments: CommandArguments {
  var source: [String] = []
  var target: [String] = []
  /// Files with both sides.
  var train: [String] = []
  var keepsTags = false
  var output = ""
  /// How the pipeline prepares text.
  var settings = {
    var settings = TextPipelineSettings()
    settings.marks.spans = SpanTokens.usual
    return settings
  }()
  var protectedWordFiles: [String] = []
  /// What is too long to learn from.
  var limits = LearningLimits()
  var threads = availableProcessors()
  var applyCodes = ""
  var printSourceWords = ""
  var printTargetWords = ""

  static let groups: [OptionGroupReference<Self>] = [
    .options("Files", fileOptions), .options("Words", wordOptions), .options("Subwords", subwordOptions),
    .options("SentencePiece", sentencePieceOptions),
    .options("Machine", machineOptions), .options("Other uses", modeOptions),
  ]

  private static let fileOptions: [Option<Self>] = [
    Option("--source", "file", "source side, one sentence per line; repeat for more files", \.source)
      .required(unless: "--train is given"),
    Option("--target", "file", "target side, aligned with the source line by line", \.target)
      .required(unless: "--train is given"),
    Option(
      "--train", "file",
      "both sides: TMX, XLIFF, PO, TSV or another format of convert-corpus; repeat for more files", \.train),
    Option(
      "--keep-tags", "keep the code of formatting tags in --train as text, instead of removing it",
      \.keepsTags
    ).only(with: \.train),
    Option("--output", "folder", "output folder for the vocabulary", \.output, required: true),
  ]

  private static let wordOptions: [Option<Self>] = [
    Option(
      "--source-language", "code", "language of the source, such as 'de', 'jpn' or 'pt-BR'",
      \.settings.sourceLanguage),
    Option("--target-language", "code", "language of the target", \.settings.targetLanguage),
    Option(
      "--segmentation", "kind",
      "words of ICU or between spaces ('whitespace', for pre-tokenized text), split by byte pair encoding; or "
        + "SentencePiece",
      \.segmentation),
    Option(
      "--tokenizer", "kind",
      "word tokenizer of byte pair encoding, the same as --segmentation with this word",
      \.settings.tokenizer
    ).conflicts(with: \.segmentation, .sentencepiece),
    Option("--normalization", "form", "Unicode normalization form", \.settings.normalization)
      .conflicts(with: \.segmentation, .sentencepiece),
    Option("--lowercase", "lowercase all text", \.settings.lowercase)
      .conflicts(with: \.segmentation, .sentencepiece),
  ]

  private static let subwordOptions: [Option<Self>] = [
    Option(
      "--merges", "count", "number of BPE merges, like subword-nmt's -s", \.settings.merges,
      limit: .atLeast(0)
    ).conflicts(with: \.segmentation, .sentencepiece),
    Option("--joint", "share one vocabulary between both sides", \.settings.joint),
    Option("--separate", "use one vocabulary per side", \.settings.joint, sets: false),
    Option(
      "--min-frequency", "count", "frequency below which a subword is split further",
      \.settings.minimumFrequency, limit: .atLeast(1)
    ).conflicts(with: \.segmentation, .sentencepiece),
    Option(
      "--min-character-frequency", "count",
      "frequency below which a character is left out and words with it are copied (default: --min-frequency, at least "
        + "1 in small texts and 5 in large ones)",
      \.settings.minimumCharacterFrequency, limit: .atLeast(1)
    ).conflicts(with: \.segmentation, .sentencepiece),
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
      "--span-tokens", "count",
      "numbered tokens, <span1> and so on, for text that translations copy; 0 for none",
      \.settings.marks.spans,
      limit: .between(0, Double(SpanTokens.most))),
    Option(
      "--term-marks",
      "tokens around terms, <term>, <as> and </term>, for train-translation --annotate-terms",
      \.settings.marks.terms),
    Option(
      "--protect", "pattern",
      "regular expression (ICU) of words that are never split; repeat for more", \.settings.protectedPatterns
    ).conflicts(with: \.segmentation, .sentencepiece),
    Option(
      "--protect-words", "file", "words that are never split, one per line; repeat for more files",
      \.protectedWordFiles
    ).conflicts(with: \.segmentation, .sentencepiece),
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

  func requires(_ property: PartialKeyPath<Self>) -> Bool {
    guard applyCodes.isEmpty, printSourceWords.isEmpty, printTargetWords.isEmpty else { return false }
    return train.isEmpty || ![\.source, \.target].contains(property)
  }

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    for (index, tag) in settings.tags.enumerated() {
      if let problem = TagForm.problem(of: tag) { throw .conflict("'--tag \(tag)' is not a tag: \(problem)") }
      if settings.tags[..<index].contains(tag) {
        throw .conflict("'--tag \(tag)' is given twice; give each tag once")
      }
    }
    if let tag = settings.marks.names.first(where: settings.tags.contains) {
      throw .conflict("'--tag \(tag)' has the name of a \(Self.use(ofMark: tag))")
    }
    if let mode = given.first(of: \.applyCodes, \.printSourceWords, \.printTargetWords) {
      return try requireNothing(but: mode, given)
    }
    try checkSentencePiece(given)
    try checkLanguage("--source-language", settings.sourceLanguage)
    try checkLanguage("--target-language", settings.targetLanguage)
    guard source.isEmpty == target.isEmpty else {
      throw .conflict("'--source' and '--target' belong together; give both")
    }
    guard (source + target + train + protectedWordFiles).count(where: { $0 == "-" }) < 2 else {
      throw .conflict(
        "standard input can be read only once: use '-' once in '--source', '--target', '--train' and '--protect-words'"
      )
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
