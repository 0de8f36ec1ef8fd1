import CommandLineArguments
import Formatting
import TrainingOptions
import TrainingSession

/// The options of `describe-model`.
struct DescribeModelArguments: CommandArguments {
  /// The settings of `train-translation` that change the shape of a model, its memory or its speed.
  var request = TrainingRequest()
  /// A model folder; empty for a preset.
  var model = ""
  var vocabularySize = 10_000
  /// The size of the target vocabulary; nil for one that both sides share.
  var targetVocabularySize: Int?
  var length = 25
  var pairs = 0
  var beam = 5
  var measures = true
  /// Where the figures are written as JSON; nil for nowhere.
  var json: String?
  /// Where a report is written as HTML; nil for nowhere.
  var report: String?

  static let operand: String? = "--model"

  static let command = CommandDescription(
    name: "describe-model",
    summary: "describes a model: parameters, arithmetic, memory, speed",
    usage: ["<folder> [options]", "--preset <name> [options]"],
    examples: [
      .init("what a model folder holds, and how fast it translates here", "describe-model model"),
      .init(
        "what a training would need, before there is a text",
        "describe-model --preset base --vocabulary-size 32000 --batch-tokens 8192 --precision bfloat16"),
      .init(
        "a page with all figures, the curves of the training, sample translations and attention",
        "describe-model model --report report.html"),
      .init(
        "only what follows from the architecture, for a script",
        "describe-model --preset student --decoder-layers 4 --no-measure --json student.json"),
    ],
    discussion: """
      Prints the architecture, the parameters of each module, the multiplications and additions for a token, the memory of \
      training and of translation with its parts and how it grows, the size of the files, and the speed on this machine. \
      All but the speed follows from the architecture, so it is known for a preset, too, with the options of \
      train-translation that change it.

      FLOP are those of matrix products and of attention, a multiplication and an addition counting as two; the backward pass \
      has twice as many as the forward pass, since each product has two derivatives. Element-wise operations and norms are not \
      counted, but take part of the time.

      The memory of training is that of a process at its peak. A batch is cut into as many shards as there are threads, and a \
      shard is computed in pieces of about a thousand tokens, so beyond that it does not grow with the batch. The text comes on \
      top; give its size by --pairs. With long sentences, memory grows by the weights of attention, with the square of the \
      length.

      The speed is measured, with updates and searches on random tokens that last some seconds; a preset has random weights \
      for that, which have the same speed. It needs the memory that is printed for training; --no-measure leaves it out. Time \
      in which other programs have the processor is not counted. Trainings on real text were up to 8 % slower, with up to \
      5 % less memory. Searches are measured alone; translate searches again where a translation repeats itself or lacks a word \
      that must be copied, so it takes longer with a model that has not learned enough.

      --report FILE writes a page with these figures as tables and pictures and, for a folder, with what train-translation \
      --report shows of its training; what is missing is left out with a sentence.

      The exit code is 0, 64 for a mistake in the options, and 1 for any other error.
      """,
    related: ["train-translation", "translate", "quantize-model"])

  static let groups: [OptionGroupReference<Self>] = [
    .options("What to describe", modelOptions), .group(\.request.architecture), .group(\.request.decoder),
    .options("Training", trainingOptions), .options("Translation", translationOptions),
    .options("Output", outputOptions),
  ]

  private static let modelOptions: [Option<Self>] = [
    Option("--model", short: "m", "folder", "model folder", \.model).required(unless: "--preset is given")
      .common,
    Option(
      "--vocabulary-size", "count", "tokens of the vocabulary of a preset", \.vocabularySize,
      limit: .between(8, 16_777_216)
    ).common,
    Option(
      "--target-vocabulary-size", "count",
      "tokens of the target vocabulary of a preset (default: both sides share one vocabulary)",
      \.targetVocabularySize, limit: .between(8, 16_777_216)),
  ]

  private static let trainingOptions: [Option<Self>] = [
    Option(
      "--batch-tokens", "count", "tokens of a batch on each side, padding included", \.request.batches.tokens,
      limit: .training("--batch-tokens")
    ).common,
    Option(
      "--length", "subwords", "tokens of a typical sentence on each side, the end token included", \.length,
      limit: .between(2, 65536)
    ).common,
    Option(
      "--max-length", "subwords", "length of the longest sentence in training, for learned positions",
      \.request.batches.maxLength, limit: .training("--max-length")),
    Option(
      "--pairs", "count", "sentence pairs of the training text, which is kept in memory", \.pairs,
      limit: .between(0, 4_000_000_000)),
    Option("--optimizer", "name", "optimizer", \.request.optimizer.name),
    Option(
      "--dropout", "rate", "dropout of embeddings and sublayers (default: from the preset)",
      \.request.regularization.dropout, limit: .training("--dropout")),
    Option("--precision", "name", "precision of matrix products", \.request.machine.precision),
    Option(
      "--threads", "count", "number of threads", \.request.machine.threads, limit: .training("--threads")
    ).common,
    Option(
      "--shards", "count", "number of shards per batch (default: --threads)", \.request.machine.shards,
      limit: .training("--shards")),
  ]

  private static let translationOptions: [Option<Self>] = [
    Option("--beam", "count", "hypotheses of a beam search", \.beam, limit: .between(2, 1000))
  ]

  private static let outputOptions: [Option<Self>] = [
    Option(
      "--no-measure", "leave out the speed, which takes some seconds to measure", \.measures, sets: false
    ).common,
    Option("--json", "file", "also write all figures as JSON", \.json).common,
    Option(
      "--report", "file.html",
      "also write a page with these figures and the folder's training: curves, samples, attention, text",
      \.report
    ).common,
  ]

  /// A folder, or a preset.
  func requires(_ property: PartialKeyPath<Self>) -> Bool { !request.architecture.$preset.isGiven }

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    guard !model.isEmpty else { return }
    let shape = request.architecture != ArchitectureRequest() || request.decoder != DecoderRequest()
    if shape || given.contains(\.vocabularySize) || given.contains(\.targetVocabularySize)
      || given.contains(\.request.regularization.dropout) || given.contains(\.request.batches.maxLength)
    {
      throw .conflict(
        "'--model' names a model that has its architecture; leave out '--preset' and the options of an architecture, or "
          + "leave out '--model'")
    }
  }
}
