import CommandLineArguments
import Formatting
import Machine

/// The options of `calibrate-model`.
struct CalibrateModelArguments: CommandArguments {
  var model = ""
  var source = ""
  var target = ""
  var keepsHeads = false
  var threads = availableProcessors()

  static let command = CommandDescription(
    name: "calibrate-model",
    summary: "learns what a model's probabilities and attention are worth",
    usage: ["--model <folder> --source <file> --target <file>"],
    examples: [
      .init(
        "translate with confidence, and find the lines to look at",
        """
        calibrate-model --model model --source valid.en --target valid.de
        translate --model model --confidence --flag-below 0.5 <news.en
        """)
    ],
    discussion: """
      Translates text whose translation is known, at least some hundred sentences that the model was not trained on, such \
      as its validation text, and compares the words. Probabilities of a model are usually too high or too low; what they \
      are worth is written into the model folder as confidence.json. The confidence of a word is the probability that a \
      reference translation has it; that of a sentence is the share of its words that a reference has. A correct \
      translation can use other words than the reference, so even good ones rarely reach 1.

      The expected calibration error is printed: the mean difference between confidence and outcome, learned on one half of \
      the sentences and measured on the other.

      Also finds the layer and head of attention that align words best, by the links on which both directions of align-text \
      agree, and names them in config.json, unless they were known to be better already. translate --alignment, glossaries \
      and copied words use them.

      train-translation does the same at its end with up to 1,000 sentences of the validation text. This command is for \
      models that were imported or averaged, and for other text.
      """,
    related: ["translate", "train-translation", "align-text"])

  static let groups: [OptionGroupReference<Self>] = [
    .options("Files", fileOptions), .options("Machine", machineOptions),
  ]

  private static let fileOptions: [Option<Self>] = [
    Option("--model", short: "m", "folder", "model folder", \.model, required: true),
    Option("--source", "file", "text, plain or gzip", \.source, required: true),
    Option("--target", "file", "its translation, line by line", \.target, required: true),
    Option("--keep-heads", "leave the heads that align words as they are", \.keepsHeads),
  ]

  private static let machineOptions: [Option<Self>] = [
    Option("--threads", "count", "threads to use", \.threads, limit: .atLeast(1))
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if let file = [source, target].first(where: { $0 == "-" }) {
      throw .conflict("'\(file)' (standard input) is read twice; name a file")
    }
  }
}
