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
      """,
      "--preset auto --train-source <file> --train-target <file> --model <folder> [options]",
    ],
    examples: [
      .init(
        "the easiest start: everything is chosen by the text and the time",
        """
        train-translation --preset auto --train-source train.en --train-target train.de --model model \\
            --time-budget 20m
        translate --model model <news.en >news.de
        """),
      .init(
        "a small model of a hundred thousand pairs, in half an hour",
        """
        build-vocab --source train.en --target train.de --output vocab
        train-translation --vocab vocab --train-source train.en --train-target train.de \\
            --valid-source valid.en --valid-target valid.de --model model --time-budget 30m
        translate --model model <news.en >news.de
        """),
      .init("go on after an interruption", "train-translation <the same options> --resume"),
      .init(
        "fine-tune on your translation memory of 20,000 pairs; each epoch sees as much of the old million pairs, "
          + "so that what they taught is not forgotten",
        """
        train-translation --initialize-from model --model adapted --learning-rate 2e-4 --warmup 200 \\
            --train-source memory.en --train-target memory.de --train-weight 1 \\
            --train-source train.en --train-target train.de --train-weight 0.02 \\
            --valid-source memory-valid.en --valid-target memory-valid.de --time-budget 20m
        """),
      .init(
        "one model for two target languages, whose vocabulary has the tags",
        """
        train-translation --vocab vocab --model model \\
            --train-source en-de.en --train-target en-de.de --prefix-source "<2de>" \\
            --train-source en-fr.en --train-target en-fr.fr --prefix-source "<2fr>" \\
            --valid-source valid-de.en --valid-target valid-de.de --valid-prefix-source "<2de>" \\
            --valid-source valid-fr.en --valid-target valid-fr.fr --valid-prefix-source "<2fr>"
        translate --model model --prefix-source "<2fr>" <news.en >news.fr
        """),
    ],
    discussion: """
      With --preset auto, nothing but text and a folder must be given. It counts words, learns a vocabulary where \
      --vocab is left out (into MODEL), holds pairs out for validation where no validation text is given (they are \
      never trained on, and lie in MODEL/valid.source.txt and MODEL/valid.target.txt), trains models of several sizes \
      for a moment to learn how fast this machine is, and chooses size, precision, batches, regularisation and \
      schedule so that the learning rate is down when --time-budget is up. It prints each choice with its reason and \
      its source. What is given wins. --plan prints the table and ends; --resume goes on with the choices in \
      MODEL/recipe.json.

      Line n of a source file and line n of the target file are a pair. The model folder is all that translate \
      needs; what only training needs lies in its folder checkpoints, and train.jsonl is a log to draw curves of.

      The model is validated every so often on perplexity and on BLEU of the greedily decoded text, or on what \
      --best-by and --valid-metrics ask for, and the best one is kept. Training ends at the first of --max-updates, --max-epochs, --time-budget, or when --patience \
      validations in a row were no better. Ctrl-C or SIGTERM saves everything and ends; --resume goes on. SIGUSR1 \
      (kill -USR1) writes a checkpoint at once, and training goes on.

      The newest two checkpoints are kept in MODEL/checkpoints, each with a checksum: where last.safetensors is \
      damaged, --resume says so and goes on from previous.safetensors. While one is written, the disk needs room for \
      three. Where it cannot be written, training goes on and tries again after --checkpoint-every.

      A batch whose gradient is no number is named and left out. After --skip-limit of them in a row, or when the \
      mean loss was more than half above its best, and by half a nat, for 100 updates in a row, the last good \
      checkpoint comes back with half the learning rate; after three times training ends as diverged, with exit code 1.

      With --train-weight a file counts more or less than its size: each of its pairs is seen that many times in an \
      epoch. Fractions add up: after any number of epochs no pair of a file was seen more than once more than another. \
      A pair that is seen twice in an epoch is segmented once by --bpe-dropout.

      --prefix-source puts a tag before every source line of a file, as if the file had it in its first column. \
      Lines may as well have tags of their own; in a file with --prefix-source they are text, and the report before \
      training counts them.

      --initialize-from takes over the weights of another model folder, with its architecture and vocabulary; rates of \
      dropout may be others. The optimizer knows nothing of what was before and the schedule starts at update 0: the \
      learning rate rises anew, for --warmup updates up to --learning-rate, which should be well below that of a \
      training from nothing (default of both: by the size of the model). --freeze keeps a part of the weights to the \
      bit: embeddings (the tables of both sides, and the output layer where it is tied to them), encoder and decoder \
      (their layers without embeddings), output (an output layer that is a matrix of its own). --resume needs the \
      other model no more.

      After the warm-up, the learning rate falls with the inverse square root of the updates (inverse-sqrt; noam is \
      the same with the peak factor / √(size × warm-up), as in the paper), along half a wave of a cosine or in a \
      straight line (linear) down to --min-learning-rate, by --plateau-factor whenever validations are no better \
      (plateau), or not at all (constant). Cosine and linear end at --schedule-updates or --max-updates. With \
      neither, they follow the share of --time-budget that is used up, of which a warm-up takes a quarter at most: \
      the rate is down when the time is up, but two such runs, or a resumed one, do not give the same bits.

      With --decoder nonautoregressive all tokens of a translation are predicted at once. Add such a decoder to a \
      model that translates well by --initialize-from MODEL --decoder both --freeze embeddings --freeze encoder \
      --freeze decoder: translate then drafts with it, and the other decoder judges. With both decoders perplexity is \
      that of the autoregressive one, BLEU and chrF are those of the other one.

      --distill-from TEACHER translates the training text first, and learns that: meant for a decoder that \
      predicts all tokens at once, or for a small model. What is translated lies in \
      MODEL/distilled; who interrupts it goes on with the same command.

      To train as on several devices, --accumulate as many batches an update: their gradients are added up and \
      divided once by all their target tokens. The last update of an epoch takes the batches that are left.

      Batches are cut into as many shards as there are threads. The result depends on the number of shards, not \
      on the number of threads: --shards 8 --threads 2 gives what eight threads would. A shard is worked on in \
      pieces of about a thousand tokens, one after another, and of fewer where --max-memory asks for it: their \
      gradients are added up, so that an update is the same but for rounding and for the elements that dropout \
      draws. A resumed run keeps its shards and its pieces.

      \(validationDiscussion)

      \(alignmentDiscussion)
      """,
    versionDetails: { [matrixProductDescription()] })

  static let options: [Option<Self>] =
    fileOptions + corpusOptions + continuingOptions + distillationOptions + generalOptions + alignmentOptions
    + validationOptions
    + machineOptions + autoOptions

  private static let fileOptions: [Option<Self>] = [
    .heading("Files (plain or gzip; repeat an option for several files)"),
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
    Option("--overwrite", "start anew in a folder that holds a model already", \.overwrite),
  ]

  private static let generalOptions: [Option<Self>] = [
    .heading("Model"),
    Option(
      "--preset", "name", "size of the model, which the options below change parts of; auto chooses it",
      \.presetName),
    Option("--encoder-layers", "count", "layers of the encoder", \.encoderLayers, limit: .between(1, 256)),
    Option("--decoder-layers", "count", "layers of the decoder", \.decoderLayers, limit: .between(1, 256)),
    Option("--size", "count", "d_model, a multiple of the heads", \.size, limit: .between(1, 65536)),
    Option(
      "--inner-size", "count", "width of the feed-forward networks", \.innerSize,
      limit: .between(1, 1_048_576)),
    Option("--heads", "count", "attention heads", \.heads, limit: .between(1, 256)),
    Option(
      "--activation", "name",
      "non-linearity of the feed-forward networks; reglu, geglu and swiglu have a third matrix: 2/3 of the inner size "
        + "makes as large a model", \.activation),
    Option("--norm", "place", "layer norms behind the residual sum or before the sublayer", \.normPlacement),
    Option(
      "--tie", "which", "embeddings that are one matrix (default: all, decoder with separate vocabularies)",
      \.tying),
    Option(
      "--positions", "name",
      "how the model knows the order of words; learned ones end at --max-length, rotary ones turn queries and keys of "
        + "self-attention", \.positions),
    Option("--bias-free", "linear maps and layer norms add no biases", \.biasFree),
    Option(
      "--initialization", "name",
      "of the weights; depth-scaled is glorot divided by the root of the layer's number, for deep models, normal has "
        + "deviation 0.02", \.initialization),

    .heading("Decoder"),
    Option(
      "--decoder", "which",
      "autoregressive predicts token after token, nonautoregressive all tokens at once; "
        + "both share an encoder", \.decoder),
    Option(
      "--nat-method", "name",
      "how all tokens are predicted at once: ctc from the upsampled source, length from the source stretched to a "
        + "predicted length, mask-predict in several iterations", \.natMethod),
    Option(
      "--nat-layers", "count", "layers of that decoder (default: --decoder-layers)", \.natLayers,
      limit: .between(1, 256)),
    Option(
      "--upsampling", "count", "positions that ctc has for each source token (default: 2)", \.upsampling,
      limit: .between(1, 16)),
    Option(
      "--length-ending", "name",
      "with length: a predicted length, or the first </s> of as many tokens as there may be (default: predicted)",
      \.lengthEnding),
    Option(
      "--glancing", "share",
      "of a first draft's errors, for which length and ctc are shown the right tokens; 0.5 is usual, 0 is off",
      \.glancing, limit: .between(0, 1)),
    Option(
      "--glancing-end", "share", "to which it falls until --max-updates; 0.3 is usual (default: --glancing)",
      \.glancingEnd, limit: .between(0, 1)),

    .heading("Regularisation"),
    Option(
      "--dropout", "rate", "of embeddings and sublayers (default: the preset's)", \.dropout, limit: rate),
    Option("--attention-dropout", "rate", "of attention weights", \.attentionDropout, limit: rate),
    Option(
      "--activation-dropout", "rate", "inside the feed-forward networks", \.activationDropout, limit: rate),
    Option(
      "--word-dropout", "rate",
      "words whose whole embedding is left out, of the source and of what the decoder reads; 0.1 is usual",
      \.wordDropout, limit: rate),
    Option(
      "--layer-drop", "rate",
      "layers that an update does without, for deep models; 0.1 is usual", \.layerDrop, limit: rate),
    Option("--label-smoothing", "share", "probability spread over all tokens", \.labelSmoothing, limit: rate),
    Option(
      "--r-drop", "weight",
      "of how far two passes of a pair with other dropout lie apart: 5 is usual, 0 is off; twice the work",
      \.rDrop, limit: .atLeast(0)),
    Option(
      "--bpe-dropout", "rate", "merges left out at random, new in every epoch", \.bpeDropout, limit: rate),
    Option(
      "--copy-unknowns", "share",
      "pairs in which words of both sides are hidden, to learn to copy what cannot be spelled",
      \.copyUnknowns, limit: rate),

    .heading("Learning rate"),
    Option(
      "--schedule", "name", "how the rate falls after the warm-up; see below", \.schedule),
    Option("--learning-rate", "rate", "at its peak (default: by preset)", \.learningRate, limit: .above(0)),
    Option(
      "--warmup", "updates", "until the rate is at its peak (default: by preset)", \.warmup,
      limit: .atLeast(0)),
    Option(
      "--warmup-from", "rate", "where the warm-up begins (default: 1e-07)", \.warmupFrom, limit: .atLeast(0)),
    Option(
      "--min-learning-rate", "rate", "below which no schedule falls; cosine and linear end there",
      \.minLearningRate, limit: .atLeast(0)),
    Option(
      "--schedule-updates", "count",
      "where cosine and linear end (default: --max-updates, without it when --time-budget is up)",
      \.scheduleUpdates, limit: .atLeast(1)),
    Option(
      "--noam-factor", "factor", "of noam's rate (default: 1)", \.noamFactor, limit: .above(0)),
    Option(
      "--plateau-factor", "factor", "what plateau multiplies the rate by (default: 0.5)", \.plateauFactor,
      limit: .above(0, atMost: 1)),
    Option(
      "--plateau-patience", "count", "validations without progress before it does (default: 3)",
      \.plateauPatience, limit: .atLeast(1)),

    .heading("Optimizer"),
    Option("--optimizer", "name", "the rule that turns gradients into updates", \.optimizer),
    Option(
      "--beta1", "decay",
      "of Adam's average of gradients (default: 0.9), of Adafactor's updates (default: 0)",
      \.beta1, limit: .atLeast(0, below: 0.999_999)),
    Option(
      "--beta2", "decay", "of Adam's squared gradients (default: 0.98)", \.beta2,
      limit: .atLeast(0, below: 0.999_999)),
    Option(
      "--epsilon", "number", "under Adam's fraction (default: 1e-09)", \.epsilon, limit: .above(0, atMost: 1)),
    Option(
      "--weight-decay", "share",
      "of matrices, but not of biases and norms, taken off at a rate of 1 (default: adamw 0.01, else 0)",
      \.weightDecay, limit: rate),
    Option("--momentum", "share", "of SGD's velocity that stays (default: 0.9)", \.momentum, limit: rate),
    Option(
      "--relative-step", "Adafactor multiplies the rate by the root mean square of each parameter",
      \.relativeStep),
    Option("--clip-norm", "norm", "greatest norm of a gradient, 0 for any", \.clipNorm, limit: .atLeast(0)),
    Option(
      "--skip-limit", "count",
      "batches in a row whose gradient is no number, after which a checkpoint comes back", \.skipLimit,
      limit: .between(1, 1_000_000)),

    .heading("Batches"),
    Option(
      "--batch-tokens", "count", "pairs × longest sentence of a batch", \.batchTokens, limit: .atLeast(1)),
    Option(
      "--accumulate", "count", "batches of an update, whose gradients are added up", \.accumulate,
      limit: .between(1, 1_000_000)),
    Option("--max-length", "subwords", "longer pairs are left out", \.maxLength, limit: .between(1, 65536)),
    Option("--seed", "number", "seed of all random numbers", \.seed),

    .heading("Averages of weights"),
    Option(
      "--average-decay", "decay", "of the moving average that is validated and saved, 0 for none",
      \.averageDecay, limit: rate),
    Option(
      "--keep-checkpoints", "count",
      "newest weights that are kept in MODEL/checkpoints, for average-checkpoints (default: --average-last)",
      \.keepCheckpoints, limit: .between(1, 100_000)),
    Option(
      "--keep-every", "interval", "from one of them to the next, as --validate-every (default: epoch)",
      \.keepEvery),
    Option(
      "--average-last", "count",
      "at the end, the average of the newest kept weights is validated, and is the model if it is better",
      \.averageLast, limit: .between(2, 100_000)),

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
  ]

  private static let machineOptions: [Option<Self>] = [
    .heading("Machine"),
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

  private static let rate = ValueLimit.atLeast(0, below: 1)
}
