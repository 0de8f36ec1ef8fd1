import CommandLineArguments
import Tensors

extension TrainTranslationArguments {
  static let command = CommandDescription(
    name: "train-translation",
    summary: "trains a Transformer that translates",
    usage: [
      """
      --vocab <folder> --train-source <file> --train-target <file> \
      --valid-source <file> --valid-target <file> --model <folder> [options]
      """
    ],
    examples: [
      .init(
        "a small model of a hundred thousand pairs, in half an hour",
        """
        build-vocab --source train.en --target train.de --output vocab
        train-translation --vocab vocab --train-source train.en --train-target train.de \\
            --valid-source valid.en --valid-target valid.de --model model --time-budget 30m
        translate --model model <news.en >news.de
        """),
      .init("go on after an interruption", "train-translation <the same options> --resume"),
    ],
    discussion: """
      Line n of a source file and line n of the target file are a pair. The model folder is all that translate \
      needs; what only training needs lies in its folder checkpoints, and train.jsonl is a log to draw curves of.

      The model is validated every so often on perplexity and on BLEU of the greedily decoded text, and the best \
      one is kept. Training ends at the first of --max-updates, --max-epochs, --time-budget, or when --patience \
      validations in a row were no better. Ctrl-C or SIGTERM saves everything and ends; --resume goes on.

      Batches are cut into as many shards as there are threads. The result depends on the number of shards, not \
      on the number of threads: --shards 8 --threads 2 gives what eight threads would.
      """,
    versionDetails: { [matrixProductDescription()] })

  static let options: [Option<Self>] = [
    .heading("Files (plain or gzip; repeat an option for several files)"),
    Option("--vocab", "folder", "what build-vocab wrote", \.vocabulary, required: true),
    Option("--train-source", "file", "source side of the training text", \.trainSource, required: true),
    Option("--train-target", "file", "target side of the training text", \.trainTarget, required: true),
    Option("--valid-source", "file", "source side of the validation text", \.validSource, required: true),
    Option("--valid-target", "file", "target side of the validation text", \.validTarget, required: true),
    Option("--model", short: "m", "folder", "where the model goes", \.model, required: true),
    Option("--resume", "go on where an interrupted run stopped", \.resume),
    Option("--overwrite", "start anew in a folder that holds a model already", \.overwrite),

    .heading("Model"),
    Option("--preset", "name", "size of the model; the options below change parts of it", \.preset),
    Option("--encoder-layers", "count", "layers of the encoder", \.encoderLayers, limit: .between(1, 256)),
    Option("--decoder-layers", "count", "layers of the decoder", \.decoderLayers, limit: .between(1, 256)),
    Option("--size", "count", "d_model, a multiple of the heads", \.size, limit: .between(1, 65536)),
    Option(
      "--inner-size", "count", "width of the feed-forward networks", \.innerSize,
      limit: .between(1, 1_048_576)),
    Option("--heads", "count", "attention heads", \.heads, limit: .between(1, 256)),
    Option("--activation", "name", "non-linearity of the feed-forward networks", \.activation),
    Option("--norm", "place", "layer norms behind the residual sum or before the sublayer", \.normPlacement),
    Option(
      "--tie", "which", "embeddings that are one matrix (default: all, decoder with separate vocabularies)",
      \.tying),

    .heading("Regularisation"),
    Option(
      "--dropout", "rate", "of embeddings and sublayers (default: the preset's)", \.dropout, limit: rate),
    Option("--attention-dropout", "rate", "of attention weights", \.attentionDropout, limit: rate),
    Option(
      "--activation-dropout", "rate", "inside the feed-forward networks", \.activationDropout, limit: rate),
    Option("--label-smoothing", "share", "probability spread over all tokens", \.labelSmoothing, limit: rate),
    Option(
      "--bpe-dropout", "rate", "merges left out at random, new in every epoch", \.bpeDropout, limit: rate),
    Option(
      "--copy-unknowns", "share",
      "pairs in which words of both sides are hidden, to learn to copy what cannot be spelled",
      \.copyUnknowns, limit: rate),

    .heading("Training"),
    Option("--learning-rate", "rate", "at its peak (default: by preset)", \.learningRate, limit: .above(0)),
    Option(
      "--warmup", "updates", "until the rate is at its peak; then it falls with the inverse square root",
      \.warmup,
      limit: .atLeast(0)),
    Option(
      "--batch-tokens", "count", "pairs × longest sentence of a batch", \.batchTokens, limit: .atLeast(1)),
    Option("--max-length", "subwords", "longer pairs are left out", \.maxLength, limit: .between(1, 65536)),
    Option("--clip-norm", "norm", "greatest norm of a gradient, 0 for any", \.clipNorm, limit: .atLeast(0)),
    Option(
      "--average-decay", "decay", "of the moving average of weights that is validated and saved, 0 for none",
      \.averageDecay, limit: rate),
    Option(
      "--beta2", "decay", "of Adam's squared gradients", \.beta2, limit: .atLeast(0, below: 0.999_999)),
    Option("--seed", "number", "seed of all random numbers", \.seed),

    .heading("When to stop, validate and save"),
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

    .heading("Machine"),
    Option(
      "--precision", "name",
      "of matrix products; bfloat16 is up to twice as fast where the processor has it (AVX512-BF16)",
      \.precision),
    Option("--threads", "count", "threads that work", \.threads, limit: .between(1, 1024)),
    Option("--shards", "count", "pieces of a batch (default: --threads)", \.shards, limit: .between(1, 1024)),
    Option(
      "--profile", "say at the end where the time went, by operation; also in profile.json", \.profile),
  ]

  private static let rate = ValueLimit.atLeast(0, below: 1)
}
