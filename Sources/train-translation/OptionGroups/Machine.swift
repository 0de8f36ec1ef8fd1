public import CommandLineArguments
public import TrainingSession

extension MachineRequest.Precision: ArgumentValue {}

extension MachineRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Machine"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--precision", "name",
      "of matrix products; bfloat16 is up to twice as fast where the processor has it (AVX512-BF16)",
      \.precision),
    Option("--threads", "count", "threads that work", \.threads, limit: .between(1, 1024)),
    Option("--shards", "count", "parts of a batch (default: --threads)", \.shards, limit: .between(1, 1024)),
    Option(
      "--max-memory", "size",
      "of the whole process, for example 2g; shards are worked on in smaller pieces where they must be",
      \.memoryLimit),
    Option(
      "--profile", "print at the end where the time went, by operation; also in profile.json", \.profile),
  ]

  /// ``maxMemory`` as an option takes it.
  private var memoryLimit: ByteCount? {
    get { maxMemory.map { ByteCount($0) } }
    set { maxMemory = newValue?.bytes }
  }

  /// Paragraphs of the help text.
  static let discussion = """
    To train as on several devices, --accumulate as many batches an update: their gradients are added up and \
    divided once by all their target tokens. The last update of an epoch takes the batches that are left.

    Batches are cut into as many shards as there are threads. The result depends on the number of shards, not \
    on the number of threads: --shards 8 --threads 2 gives what eight threads would. A shard is worked on in \
    pieces of about a thousand tokens, one after another, and of fewer where --max-memory asks for it: their \
    gradients are added up, so that an update is the same but for rounding and for the elements that dropout \
    draws. A resumed run keeps its shards and its pieces.
    """
}
