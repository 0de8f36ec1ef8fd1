public import CommandLineArguments
import Formatting
import Machine
public import Text
public import WordAlignment

extension Symmetrization: ArgumentValue {}
extension TokenizerKind: ArgumentValue {}

/// The options of `align-text`.
struct AlignTextArguments: CommandArguments {
  var source = ""
  var target = ""
  var output = "-"
  var symmetrization = Symmetrization.growDiagFinalAnd
  var vocabulary = ""
  var tokenizer = TokenizerKind.icu
  var sourceLanguage = ""
  var targetLanguage = ""
  var threads = availableProcessors()

  static let command = CommandDescription(
    name: "align-text",
    summary: "links the words of a text with those of its translation",
    usage: ["--source <file> --target <file> [options]"],
    examples: [
      .init(
        "the links that train-translation --guided-alignment reads",
        "align-text --source train.en --target train.de --vocab vocab --output train.links"),
      .init(
        "text that is split into words already, links of both directions only",
        """
        align-text --source train.tok.en --target train.tok.de --tokenizer whitespace \\
          --symmetrize intersection >train.links
        """),
    ],
    discussion: """
      Line n of one file is the translation of line n of the other. For each pair, a line with links is written, such as \
      0-0 1-2 2-1: a source word and a target word, counted from 0. An empty line has no links.

      Links are learned from the text itself, by the model of fast_align in both directions (IBM model 2 with links that \
      prefer the diagonal), and then combined. The result does not depend on the number of threads.

      train-translation needs the words of its vocabulary: give --vocab. It also aligns text by itself, with \
      --guided-alignment auto.
      """,
    related: ["train-translation", "build-shortlist", "build-vocab", "segment-text"])

  static let groups: [OptionGroupReference<Self>] = [
    .options("Files", fileOptions), .options("Words", wordOptions), .options("Links", linkOptions),
    .options("Machine", machineOptions),
  ]

  private static let fileOptions: [Option<Self>] = [
    Option("--source", "file", "source side, plain or gzip; '-' is standard input", \.source, required: true),
    Option("--target", "file", "target side", \.target, required: true),
    Option(
      "--output", short: "o", "file",
      "file for the links, gzip if its name ends in .gz; '-' is standard output",
      \.output),
  ]

  private static let wordOptions: [Option<Self>] = [
    Option(
      "--vocab", "folder", "align the words of this vocabulary; a folder of build-vocab or a model",
      \.vocabulary),
    Option("--tokenizer", "kind", "how words are found without --vocab", \.tokenizer),
    Option(
      "--source-language", "code", "language of the source, for the tokenizer, such as 'de' or 'pt-BR'",
      \.sourceLanguage),
    Option("--target-language", "code", "language of the target", \.targetLanguage),
  ]

  private static let linkOptions: [Option<Self>] = [
    Option(
      "--symmetrize", "method",
      "how the links of both directions are combined; forward and reverse are one of them",
      \.symmetrization)
  ]

  private static let machineOptions: [Option<Self>] = [
    Option("--threads", "count", "threads to use", \.threads, limit: .atLeast(1))
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if source == "-", target == "-" {
      throw .conflict("'-' (standard input) is named twice; name a file for one side")
    }
    guard !vocabulary.isEmpty else {
      for (option, code) in [("--source-language", sourceLanguage), ("--target-language", targetLanguage)] {
        do { _ = try Language(code: code) } catch { throw .conflict("'\(option)': \(error)") }
      }
      return
    }
    if let option = given.first(of: \.tokenizer, \.sourceLanguage, \.targetLanguage) {
      throw .conflict(
        "'\(given.name(of: option))' has no effect with '--vocab', which determines the words; leave one of them out"
      )
    }
  }
}
