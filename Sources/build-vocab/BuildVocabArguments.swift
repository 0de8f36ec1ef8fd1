public import CommandLineArguments
import Machine
public import Text

/// What `build-vocab` is asked to do.
struct BuildVocabArguments: CommandArguments {
  var source: [String] = []
  var target: [String] = []
  var output = ""
  var merges = 10_000
  var joint = true
  var sourceLanguage = ""
  var targetLanguage = ""
  var tokenizer = TokenizerKind.icu
  var normalization = NormalizationForm.nfc
  var lowercase = false
  var minimumFrequency = 1
  var tags: [String] = []
  var threads = availableProcessors()
  var applyCodes = ""
  var printSourceWords = ""
  var printTargetWords = ""

  static let groups: [OptionGroupReference<Self>] = [
    .options("Text", textOptions),
    .options("Words", wordOptions),
    .options("Subwords", subwordOptions),
    .options("Work", workOptions),
  ]

  private static let textOptions: [Option<Self>] = [
    Option(
      "--source", "file", "source side, one sentence a line; repeat for more files", \.source, required: true),
    Option(
      "--target", "file", "target side, line by line the translation of the source", \.target, required: true),
    Option("--output", "folder", "where the vocabulary goes", \.output, required: true),
  ]

  private static let wordOptions: [Option<Self>] = [
    Option("--source-language", "code", "language of the source, as 'de' or 'pt-BR'", \.sourceLanguage),
    Option("--target-language", "code", "language of the target", \.targetLanguage),
    Option("--tokenizer", "kind", "'whitespace' for text that is tokenized already", \.tokenizer),
    Option("--normalization", "form", "which spelling of equal characters is kept", \.normalization),
    Option("--lowercase", "put all text in lower case", \.lowercase),
  ]

  private static let subwordOptions: [Option<Self>] = [
    Option("--merges", "count", "merge operations, as subword-nmt's -s", \.merges, limit: .atLeast(0)),
    Option("--joint", "one vocabulary for both sides", \.joint),
    Option("--separate", "a vocabulary for each side", \.joint, sets: false),
    Option(
      "--min-frequency", "count", "rarer subwords are spelled in smaller ones", \.minimumFrequency,
      limit: .atLeast(1)),
    Option(
      "--tag", "tag", "token that source lines can begin with, such as \"<2de>\"; repeat for more", \.tags),
  ]

  private static let workOptions: [Option<Self>] = [
    Option("--threads", "count", "threads that prepare text", \.threads, limit: .atLeast(1)),
    Option(
      "--apply-codes", "file",
      "only segment standard input by a codes file, as subword-nmt's apply-bpe", \.applyCodes),
    Option(
      "--print-source-words", "folder",
      "only print standard input in the words of a vocabulary's source side, for word aligners",
      \.printSourceWords),
    Option("--print-target-words", "folder", "the same in those of its target side", \.printTargetWords),
  ]

  static let command = CommandDescription(
    name: "build-vocab",
    summary: "learns how to split words of two languages into subwords, and writes a vocabulary",
    usage: ["--source <file> --target <file> --output <folder> [options]"],
    examples: [
      .init(
        "English and German share one vocabulary of about 10,000 subwords",
        "build-vocab --source train.en --target train.de --source-language en --target-language de \\\n"
          + "  --output vocab"),
      .init(
        "two scripts, each with its own vocabulary; compressed files, two of them for the source",
        "build-vocab --source news.zh.gz --source talks.zh.gz --target all.en.gz --separate --merges 8000 \\\n"
          + "  --source-language zh --target-language en --output vocab"),
      .init(
        "one model for two target languages: a tag says which",
        "build-vocab --source en-de.en --source en-fr.en --target en-de.de --target en-fr.fr \\\n"
          + #"  --tag "<2de>" --tag "<2fr>" --output vocab"#),
    ],
    discussion: """
      Lines are normalized and cut into words, then byte pair encoding (Sennrich et al. 2016) learns merges: \
      frequent words stay whole, rare ones are spelled in parts. Every character of the text becomes a token, \
      so nothing written in these characters is ever unknown. Other characters pass through a translation as \
      they are.

      Tags tell a model what to do with a sentence, such as which language to translate it to. They are never \
      split, put in lower case or normalized, and are tags only as the first word of a source line, or by \
      --prefix-source of train-translation and translate: elsewhere the same characters are text, so that nobody \
      can write a tag into one. A tag stands in brackets: <2de> or >>deu<<.

      Files may be plain or .gz; '-' is standard input. The folder holds pipeline.json, vocab.txt (one token a \
      line, in the order of ids) and bpe.codes (subword-nmt's format); with --separate two of each. A \
      vocabulary that is there already is replaced; a folder with other files is not touched.
      """)

  func requires(_ property: PartialKeyPath<Self>) -> Bool {
    applyCodes.isEmpty && printSourceWords.isEmpty && printTargetWords.isEmpty
  }

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    for (index, tag) in tags.enumerated() {
      if let problem = TagForm.problem(of: tag) { throw .conflict("'--tag \(tag)' is no tag: \(problem)") }
      if tags[..<index].contains(tag) { throw .conflict("'--tag \(tag)' is given twice; give each tag once") }
    }
    if let mode = Self.modes.first(where: given.contains) { return try requireNothing(but: mode, given) }
    guard (source + target).count(where: { $0 == "-" }) < 2 else {
      throw .conflict("standard input can be read only once: only one '-' for '--source' and '--target'")
    }
  }

  /// What is done in place of building a vocabulary.
  private static var modes: [PartialKeyPath<Self>] { [\.applyCodes, \.printSourceWords, \.printTargetWords] }

  /// All is said by the file or folder: an option that says otherwise would be passed over silently.
  private func requireNothing(but mode: PartialKeyPath<Self>, _ given: GivenOptions<Self>)
    throws(ArgumentError)
  {
    guard let other = given.firstName(except: mode) else { return }
    let work =
      applyCodes.isEmpty ? "works as the vocabulary was built" : "segments tokenized lines as they are"
    throw .conflict("'\(other)' has no effect with '\(given.name(of: mode))', which \(work); leave one out")
  }

  /// How the pipeline shall prepare text.
  var settings: TextPipelineSettings {
    var settings = TextPipelineSettings()
    (settings.tokenizer, settings.normalization) = (tokenizer, normalization)
    (settings.lowercase, settings.joint) = (lowercase, joint)
    (settings.sourceLanguage, settings.targetLanguage) = (sourceLanguage, targetLanguage)
    (settings.merges, settings.minimumFrequency) = (merges, minimumFrequency)
    settings.tags = tags
    return settings
  }
}

extension TokenizerKind: ArgumentValue {}
extension NormalizationForm: ArgumentValue {}
