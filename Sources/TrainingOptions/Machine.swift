public import CommandLineArguments
public import TrainingSession

extension MachineRequest.Exchange: ArgumentValue {}
extension MachineRequest.Precision: ArgumentValue {}
extension MachineRequest.Products: ArgumentValue {}

extension MachineRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Machine"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--precision", "name",
      "precision of matrix products; bfloat16 is about twice as fast on AMD processors with AVX512-BF16, but slower than "
        + "float32 on some others, which is then reported",
      \.precision),
    Option(
      "--float32-products", "name",
      "how float32 products are computed: by the matrix library, or as products of three bfloat16 parts "
        + "of each factor, with the same accuracy, on processors with AMX (default: parts on processors "
        + "with AMX)",
      \.float32Products),
    Option("--threads", "count", "number of threads", \.threads, limit: .training("--threads")).common,
    Option(
      "--shards", "count", "number of shards per batch (default: --threads)", \.shards,
      limit: .training("--shards")),
    Option(
      "--max-memory", "size",
      "memory limit of the whole process, for example 2g; shards are processed in smaller pieces "
        + "if needed",
      \.memoryLimit),
    Option(
      "--exchange-precision", "name",
      "how gradients travel between processes that mpirun started; bfloat16 halves the bytes, rounds with error "
        + "feedback, and depends on the number of processes",
      \.exchangePrecision),
    Option(
      "--profile", "report at the end where the time went, by operation, and write profile.json", \.profile),
  ]

  /// ``maxMemory`` as an option value.
  private var memoryLimit: ByteCount? {
    get { maxMemory.map { ByteCount($0) } }
    set { maxMemory = newValue?.bytes }
  }

  /// Paragraphs of the help text.
  package static let discussion = """
    To train as if on several devices, set --accumulate to the number of batches per update: their gradients are \
    summed and divided once by the total number of target tokens. The last update of an epoch uses the remaining \
    batches.

    Each batch is split into as many shards as there are threads. The result depends on the number of shards, not of \
    threads: --shards 8 --threads 2 gives what eight threads would. A shard is processed in pieces of about a \
    thousand tokens, or fewer if --max-memory requires it, whose gradients are summed: the update is the same up to \
    rounding and the elements that dropout drops. A resumed run keeps its shards and pieces, and its way to \
    compute float32 products if the processor has it.
    """
}
