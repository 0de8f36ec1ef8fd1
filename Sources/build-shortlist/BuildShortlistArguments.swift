import CommandLineArguments
import Formatting
import Machine
import TextAlignment

/// The options of `build-shortlist`.
struct BuildShortlistArguments: CommandArguments {
  var model = ""
  var source: [String] = []
  var target: [String] = []
  var alignment: [String] = []
  var output: String?
  var selection = LexicalCounts.Selection()
  var threads = availableProcessors()

  static let command = CommandDescription(
    name: "build-shortlist",
    summary: "makes a lexical shortlist, with which a model translates faster",
    usage: ["--model <folder> --source <file> --target <file> [options]"],
    examples: [
      .init(
        "translate faster with a model of a large vocabulary",
        """
        build-shortlist --model model --source train.en --target train.de
        translate --model model <news.en >news.de
        """),
      .init(
        "as text, for Marian",
        "build-shortlist --model model --source train.en --target train.de --output lex.s2t.gz"),
    ],
    discussion: """
      A shortlist says which target tokens may translate each source token. translate then computes the scores of a few \
      hundred tokens instead of the whole vocabulary, which is faster, the more so the larger the vocabulary is, and \
      usually changes few translations. Bergamot and Firefox need one; export-model writes it along with the model.

      The text is split into subwords by the model's vocabulary and aligned as align-text does it, or by word alignments \
      in a file. It should be the training text, or another large one; translations by the model itself (--distill-from \
      keeps those of its teacher in MODEL/distilled) fit best.

      The shortlist is written into the model folder, as lex.s2t.bin, unless --output names a file: binary if its name \
      ends in .bin, otherwise text with lines of a target token, a source token and a probability. The binary format is \
      that of Marian and Bergamot. train-translation --preset student makes a shortlist by itself.
      """,
    related: ["align-text", "translate", "train-translation", "export-model"])

  static let groups: [OptionGroupReference<Self>] = [
    .options("Files", fileOptions), .options("Shortlist", selectionOptions),
    .options("Machine", machineOptions),
  ]

  private static let fileOptions: [Option<Self>] = [
    Option("--model", short: "m", "folder", "model folder", \.model, required: true),
    Option(
      "--source", "file", "source side, plain or gzip; repeat for more files", \.source, required: true),
    Option("--target", "file", "target side, aligned with the source line by line", \.target, required: true),
    Option(
      "--alignment", "file",
      "word alignments (such as 0-0 1-2) in place of our own; one file for each --source",
      \.alignment),
    Option(
      "--output", short: "o", "file", "file for the shortlist (default: lex.s2t.bin in the model folder)",
      \.output),
  ]

  private static let selectionOptions: [Option<Self>] = [
    Option(
      "--first", "count", "target tokens that are always candidates: the most frequent ones",
      \.selection.first,
      limit: .atLeast(1)),
    Option(
      "--best", "count", "target tokens for each source token: the most probable ones", \.selection.best,
      limit: .atLeast(1)),
    Option(
      "--threshold", "probability", "leave out translations that are less probable",
      \.selection.leastProbability,
      limit: .between(0, 1)),
  ]

  private static let machineOptions: [Option<Self>] = [
    Option("--threads", "count", "threads to use", \.threads, limit: .atLeast(1))
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    guard source.count == target.count else {
      throw .conflict(
        "\(source.count) files of --source and \(target.count) of --target; give as many of both")
    }
    guard alignment.isEmpty || alignment.count == source.count else {
      throw .conflict(
        "\(source.count) files of --source and \(alignment.count) of --alignment; give as many of both")
    }
  }
}
