import CommandLineArguments
import Formatting
import LanguageIdentification
import Machine

/// The options of `train-language-identifier`.
struct IdentifierArguments: CommandArguments {
  var catalogs: [String] = []
  var text = ""
  var languages: [String] = []
  var output = "Sources/CLanguageModel/languages.bin"
  var writeText = ""
  var leastText = 40000
  var ngrams = LanguageTrainer().ngrams
  var pieces = LanguageTrainer().pieces
  var epochs = LanguageTrainer().epochs
  var balance = Double(LanguageTrainer().balance)
  var seed: UInt64 = LanguageTrainer().seed
  var threads = availableProcessors()
  var evaluate = ""
  var lines = 0
  var predict = false
  var model = ""

  static let command = CommandDescription(
    name: "train-language-identifier",
    summary: "trains the weights of language identification, or measures how good they are",
    usage: ["[--catalogs <folder>]", "--text <folder>", "--evaluate <folder>", "--predict <text.txt"],
    examples: [
      .init("the built-in weights, from the catalogs of this system", "train-language-identifier"),
      .init("weights from other text", "train-language-identifier --text text --output other.bin"),
      .init("accuracy of the built-in weights", "train-language-identifier --evaluate flores"),
      .init("the language of each line", "train-language-identifier --predict <lines.txt"),
    ],
    discussion: """
      By default, text to learn from are the translated messages of gettext catalogs, which Debian's packages bring \
      along; tools/language-identification/README.md names those that the built-in weights were trained on. \
      Catalogs whose names are chosen by hash are held out, to calibrate confidence and for the report at the end.

      Folders of '--text' and '--evaluate' have a file 'LANGUAGE.txt' for each language, one sentence a line.
      """)

  static let groups: [OptionGroupReference<Self>] = [
    .options("Text", textOptions), .options("Training", trainingOptions),
    .options("Evaluation", evaluationOptions),
  ]

  private static let textOptions: [Option<Self>] = [
    Option(
      "--catalogs", "folder", "where 'LOCALE/LC_MESSAGES/*.mo' are, at any depth (default: /usr/share)",
      \.catalogs),
    Option("--text", "folder", "text to learn from instead of catalogs", \.text),
    Option(
      "--languages", "code,code", "languages to learn from catalogs, instead of the built-in list",
      \.languages,
      list: .commaSeparated),
    Option("--least-text", "bytes", "leave out languages with less text", \.leastText, limit: .atLeast(1)),
    Option("--write-text", "folder", "also write the text, in the form that '--text' reads", \.writeText),
  ]

  private static let trainingOptions: [Option<Self>] = [
    Option("--output", "file", "output file", \.output),
    Option(
      "--ngrams", "count", "groups of letters with weights, for scripts of 40 languages and more", \.ngrams,
      limit: .between(4, 1_000_000)),
    Option(
      "--pieces", "count", "pieces of text for each language, at most", \.pieces,
      limit: .between(20, 1_000_000)),
    Option("--epochs", "count", "how often each piece is learned from", \.epochs, limit: .between(1, 1000)),
    Option(
      "--balance", "number",
      "how much more pieces of languages with few count, to 1 for languages that are equal",
      \.balance, limit: .between(0, 1)),
    Option("--seed", "number", "random seed", \.seed),
    Option("--threads", "count", "threads, which change nothing", \.threads, limit: .between(1, 1024)),
  ]

  private static let evaluationOptions: [Option<Self>] = [
    Option("--evaluate", "folder", "measure accuracy and speed on these files", \.evaluate),
    Option("--lines", "count", "lines of each file, 0 for all", \.lines, limit: .atLeast(0)),
    Option("--predict", "print language and confidence of each line of standard input", \.predict),
    Option("--model", "file", "weights to evaluate or predict with (default: the built-in ones)", \.model),
  ]

  /// The identifier to evaluate.
  func identifier() throws -> LanguageIdentifier {
    model.isEmpty ? .builtIn : try LanguageIdentifier(path: model)
  }

  /// The trainer with these settings.
  var trainer: LanguageTrainer {
    var trainer = LanguageTrainer()
    (trainer.ngrams, trainer.pieces, trainer.epochs) = (ngrams, pieces, epochs)
    trainer.balance = Float(balance)
    (trainer.seed, trainer.threads) = (seed, threads)
    return trainer
  }
}
