import CommandLineArguments
import Formatting
import Machine

/// The options of `prepare-corpus`.
struct PrepareCorpusArguments: CommandArguments {
  var vocabulary = ""
  var trainSource: [String] = []
  var trainTarget: [String] = []
  var prefixSource: [String] = []
  var output = ""
  var overwrite = false
  var maxLength = 256
  var upsampling: Int?
  var seed: UInt64 = 1
  var shardSize = 100_000
  var isCompressed = false
  var memory = ByteCount(512 << 20)
  var threads = availableProcessors()
  var verify = ""

  static let command = CommandDescription(
    name: "prepare-corpus",
    summary: "writes training text larger than memory as shards of token ids",
    usage: [
      "--vocab <folder> --train-source <file> --train-target <file> --output <folder> [options]",
      "--verify <folder>",
    ],
    examples: [
      .init(
        "a hundred million pairs, of which a training then holds a million at a time",
        """
        prepare-corpus --vocab vocab --train-source train.en.gz --train-target train.de.gz \\
            --output corpus
        train-translation --vocab vocab --train-corpus corpus --model model \\
            --valid-source valid.en --valid-target valid.de
        """),
      .init("after copying it to another machine", "prepare-corpus --verify corpus"),
    ],
    discussion: """
      train-translation reads all of its text into memory, which for 2 × 30 subwords takes 250 bytes a pair. This command is for \
      text that does not fit. It encodes the text as train-translation does, with the same rules and the same report, shuffles \
      it in files, and writes it as shards of --shard-size pairs, 2 bytes for a subword if the vocabulary has at most 65,536. \
      The order depends only on the text and --seed, not on --threads or --max-memory.

      train-translation --train-corpus opens a window of some shards at a time: about a million pairs (--corpus-window), 160 bytes \
      each. Every epoch takes the shards in another order, and mixes the pairs of a window. An interrupted training resumes at the \
      batch where it was, with the same bits.

      While it works, the folder holds temporary files, which take 12 bytes a pair more than the shards and are removed as these \
      are written. The file corpus.json, which says what the corpus is, comes last. Without it, a folder is what is left of an interrupted \
      preparation; the same command starts over. Each shard has checksums, which a training checks when it opens the shard.

      Exit codes: 0 if the corpus was written, or is as it was written; 1 for a failure, such as a damaged shard; 64 for a \
      wrong command line.
      """,
    related: ["build-vocab", "train-translation", "check-data"])

  static let groups: [OptionGroupReference<Self>] = [
    .options("Files (plain or gzip; repeat an option for several files)", fileOptions),
    .options("Pairs", pairOptions), .options("Shards", shardOptions), .options("Machine", machineOptions),
  ]

  private static let fileOptions: [Option<Self>] = [
    Option("--vocab", "folder", "vocabulary folder of build-vocab, or a model folder", \.vocabulary)
      .required(unless: "--verify is given"),
    Option("--train-source", "file", "source side of the training text; '-' is standard input", \.trainSource)
      .required(unless: "--verify is given"),
    Option("--train-target", "file", "target side of the training text", \.trainTarget)
      .required(unless: "--verify is given"),
    Option(
      "--prefix-source", "tag",
      "tag (see build-vocab --tag) to put before each source line, given once for all files or once for each pair of files, "
        + "in order; \"\" if the lines have their own tags",
      \.prefixSource),
    Option("--output", short: "o", "folder", "folder for the corpus, which is created", \.output)
      .required(unless: "--verify is given"),
    Option("--overwrite", "replace a corpus that the folder already holds", \.overwrite).common,
    Option(
      "--verify", "folder", "compare a corpus with its checksums instead, and say what is damaged", \.verify
    ).common,
  ]

  private static let pairOptions: [Option<Self>] = [
    Option(
      "--max-length", "subwords", "maximum sentence length; longer pairs are skipped", \.maxLength,
      limit: .between(1, 1_048_576)),
    Option(
      "--upsampling", "count",
      "--upsampling of a training without an autoregressive decoder: skip pairs whose target does not fit",
      \.upsampling,
      limit: .between(1, 64)),
    Option("--seed", "number", "decides the order of the pairs", \.seed),
  ]

  private static let shardOptions: [Option<Self>] = [
    Option(
      "--shard-size", "pairs", "pairs of a shard: what a training opens at a time is whole shards",
      \.shardSize,
      limit: .between(1, 10_000_000)),
    Option("--compress", "compress the ids: smaller files, and slower", \.isCompressed),
  ]

  private static let machineOptions: [Option<Self>] = [
    Option(
      "--max-memory", "size",
      "memory for shuffling, such as 512m or 2g; the program itself takes some 200 MiB more",
      \.memory, limit: .between(0x1p20, 0x1p44)),
    Option("--threads", "count", "threads to use", \.threads, limit: .between(1, 1024)),
  ]

  func requires(_ property: PartialKeyPath<Self>) -> Bool { verify.isEmpty }

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if !verify.isEmpty {
      guard vocabulary.isEmpty, trainSource.isEmpty, trainTarget.isEmpty, output.isEmpty else {
        throw .conflict("'--verify' reads a corpus and writes none; leave out the options for writing one")
      }
      return
    }
    guard trainSource.count == trainTarget.count else {
      throw .conflict(
        "\(trainSource.count) files of --train-source and \(trainTarget.count) of --train-target; give as many of both"
      )
    }
    guard prefixSource.count < 2 || prefixSource.count == trainSource.count else {
      throw .conflict(
        "\(prefixSource.count) tags by '--prefix-source' for \(trainSource.count) pairs of files; give one for all, or one "
          + "for each in their order")
    }
  }
}
