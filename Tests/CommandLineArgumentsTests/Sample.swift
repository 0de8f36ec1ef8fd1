import CommandLineArguments
import Formatting

/// A command with one option of every kind.
struct Sample: CommandArguments, Equatable {
  enum Preset: String, CaseIterable, ArgumentValue {
    case tiny, small, base
  }

  var source: [String] = []
  var layers = 6
  var rate = 0.0007
  var penalty = 0.6
  var model: [String] = []
  var output = ""
  var language: String?
  var updates: Int?
  var preset = Preset.small
  var budget: Duration?
  var beam = 5
  var joint = false
  var lowercase = false
  var seed: UInt64 = 1

  static let command = CommandDescription(
    name: "sample", summary: "shows every kind of option",
    usage: ["--output <folder> [options]", "--help"],
    examples: [
      .init("the shortest run that does something", "sample --output out"),
      .init(
        "two sources and a smaller model",
        "sample --source a.en --source b.en \\\n    --preset tiny --output out"),
    ],
    discussion: """
      The first paragraph is long enough to be wrapped at the width of the terminal, so that nobody has to \
      scroll sideways to read it.

        sample | cat    stays as it is
      """,
    versionDetails: { ["kernels: none"] })

  static let groups: [OptionGroupReference<Self>] = [
    .options("Files", fileOptions), .options("Model", modelOptions), .options("Limits", limitOptions),
    .options("Text", textOptions),
  ]

  private static let fileOptions: [Option<Self>] = [
    Option("--source", "file", "text, one sentence per line", \.source),
    Option("--output", "folder", "where the result goes", \.output, required: true),
    Option("--model", short: "m", "folder,...", "models to average", \.model, list: .commaSeparated),
  ]

  private static let modelOptions: [Option<Self>] = [
    Option("--preset", "name", "size of the model", \.preset),
    Option("--layers", "count", "encoder and decoder layers", \.layers, limit: .atLeast(1)),
    Option("--learning-rate", "rate", "peak learning rate", \.rate, limit: .above(0)),
    Option("--length-penalty", "alpha", "exponent of the length penalty", \.penalty),
    Option("--beam", short: "b", "count", "hypotheses kept at each step", \.beam, limit: .between(1, 64)),
    Option("--seed", "number", "seed of all random numbers", \.seed),
  ]

  private static let limitOptions: [Option<Self>] = [
    Option("--max-updates", "count", "stop after this many updates", \.updates, limit: .atLeast(1)),
    Option("--time-budget", "time", "stop after this time", \.budget),
  ]

  private static let textOptions: [Option<Self>] = [
    Option("--language", "code", "language of the text", \.language),
    Option("--joint", "one vocabulary for both sides", \.joint),
    Option("--separate", "a vocabulary for each side", \.joint, sets: false),
    Option("--lowercase", "lower-case the text", \.lowercase).conflicts(with: \.joint),
  ]
}
