import CommandLineArguments
import Tensors

/// All options in the order of `--help`; those of a subject stand beside the code that reads them.
extension TrainTranslationArguments {
  static let groups: [OptionGroupReference<Self>] = [
    .options("Files (plain or gzip; repeat an option for several files)", fileOptions),
    .options("Several corpora and tags", corpusOptions),
    .options("Starting from another model", continuingOptions),
    .options("Distillation", distillationOptions),
    .options("Model", modelOptions),
    .options("Decoder", decoderOptions),
    .options("Regularization", regularizationOptions),
    .options("Learning rate", scheduleOptions),
    .options("Optimizer", optimizerOptions),
    .options("Batches", batchOptions),
    .options("Averages of weights", averageOptions),
    .options("When to stop, validate and save", stoppingOptions),
    .options("Guided alignment", alignmentOptions),
    .options("Validation", validationOptions),
    .options("Machine", machineOptions),
    .options(
      "Preset auto (the first ones build a vocabulary where --vocab is left out; see build-vocab --help)",
      autoOptions),
  ]

  private static let fileOptions: [Option<Self>] = [
    Option(
      "--vocab", "folder", "what build-vocab wrote (--preset auto and --initialize-from can do without)",
      \.vocabulary,
      required: true),
    Option("--train-source", "file", "source side of the training text", \.trainSource, required: true),
    Option("--train-target", "file", "target side of the training text", \.trainTarget, required: true),
    Option(
      "--valid-source", "file", "source side of the validation text (auto likewise)", \.validSource,
      required: true),
    Option(
      "--valid-target", "file", "target side of the validation text (auto likewise)", \.validTarget,
      required: true),
    Option("--model", short: "m", "folder", "where the model goes", \.model, required: true),
    Option("--resume", "go on where an interrupted run stopped", \.resume),
    Option("--overwrite", "start anew in a folder that holds a model already", \.overwrite)
      .conflicts(with: \.resume),
  ]

  private static let batchOptions: [Option<Self>] = [
    Option(
      "--batch-tokens", "count", "pairs × longest sentence of a batch", \.batchTokens, limit: .atLeast(1)),
    Option(
      "--accumulate", "count", "batches of an update, whose gradients are added up", \.accumulate,
      limit: .between(1, 1_000_000)),
    Option("--max-length", "subwords", "longer pairs are left out", \.maxLength, limit: .between(1, 65536)),
    Option("--seed", "number", "seed of all random numbers", \.seed),
  ]

  private static let stoppingOptions: [Option<Self>] = [
    Option("--max-updates", "count", "stop after so many updates", \.maxUpdates, limit: .atLeast(1)),
    Option(
      "--max-epochs", "count", "stop after so many passes over the text", \.maxEpochs, limit: .atLeast(1)),
    Option("--time-budget", "time", "stop after this time, for example 30m", \.timeBudget, limit: .above(0)),
    Option(
      "--validate-every", "interval",
      "from one validation to the next: updates such as 500, or epoch, 2epochs", \.validateEvery),
    Option(
      "--patience", "count", "validations without progress before stopping, 0 for no limit", \.patience,
      limit: .atLeast(0)),
    Option("--log-every", "updates", "between two lines of train.jsonl", \.logEvery, limit: .atLeast(1)),
    Option("--checkpoint-every", "time", "between two checkpoints", \.checkpointEvery, limit: .above(0)),
  ]

  private static let machineOptions: [Option<Self>] = [
    Option(
      "--precision", "name",
      "of matrix products; bfloat16 is up to twice as fast where the processor has it (AVX512-BF16)",
      \.precision),
    Option("--threads", "count", "threads that work", \.threads, limit: .between(1, 1024)),
    Option("--shards", "count", "parts of a batch (default: --threads)", \.shards, limit: .between(1, 1024)),
    Option(
      "--max-memory", "size",
      "of the whole process, for example 2g; shards are worked on in smaller pieces where they must be",
      \.maxMemory),
    Option(
      "--profile", "say at the end where the time went, by operation; also in profile.json", \.profile),
  ]
}

extension ValueLimit {
  /// Of what is left out at random.
  static let rate = ValueLimit.atLeast(0, below: 1)
}
