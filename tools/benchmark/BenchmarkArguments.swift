public import CommandLineArguments
import Formatting
import Machine
public import Models

extension ModelPreset: ArgumentValue {}

/// The options of `benchmark`.
struct BenchmarkArguments: CommandArguments {
  /// The clock to measure with.
  enum Clock: String, CaseIterable, Codable, ArgumentValue {
    /// Elapsed time.
    case wall
    /// Processor time divided by the number of threads, for machines that are shared with other programs.
    case processor
  }

  var only: [String] = []
  var all = false
  var list = false
  var json = ""
  var compare: [String] = []
  var preset = ModelPreset.tiny
  var threads = availableProcessors()
  var seconds = 1.0
  var clock = Clock.wall
  var text = "corpora/train.en"

  static let command = CommandDescription(
    name: "benchmark",
    summary: "measures how fast this machine trains, translates and tokenizes",
    usage: ["[options]", "--compare <before.json>,<after.json>"],
    examples: [
      .init("everything that takes only seconds", "benchmark"),
      .init("one of the long benchmarks", "benchmark --only 'training step base'"),
      .init(
        "only the searches, with the results saved for later", "benchmark --only decode --json before.json"),
      .init("the effect of a change", "benchmark --compare before.json,after.json"),
    ],
    discussion: """
      Each benchmark is set up, run once to warm up, then repeated; the median counts. The last column is the rate \
      relative to large matrix products on as many threads, measured just before the benchmark: it is more \
      meaningful than seconds when machines differ or are busy.

      Operations are measured individually, on one thread with the tokens of half a batch: forward, and backward \
      without its forward pass. Benchmarks of the presets base and big need gigabytes and minutes; they run only \
      if --only names them, or with --all.
      """)

  static let groups: [OptionGroupReference<Self>] = [.options("Options", options)]

  private static let options: [Option<Self>] = [
    Option("--only", "name", "run benchmarks whose name contains this", \.only),
    Option("--all", "include the large benchmarks", \.all),
    Option("--list", "print the names of the benchmarks and exit", \.list),
    Option("--json", "file", "output file for the results", \.json),
    Option(
      "--compare", "file,file", "compare two saved results, the earlier one first", \.compare,
      list: .commaSeparated),
    Option("--preset", "name", "size of the translation model", \.preset),
    Option(
      "--threads", "count", "threads for training and batch translation", \.threads,
      limit: .between(1, 1024)),
    Option("--seconds", "number", "how long to repeat each benchmark", \.seconds, limit: .above(0)),
    Option("--clock", "name", "clock to measure with; use 'processor' on a shared machine", \.clock),
    Option("--text", "file", "text file for the text benchmarks", \.text),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    guard compare.isEmpty || compare.count == 2 else {
      throw .conflict("'--compare' needs two files, the earlier first: --compare before.json,after.json")
    }
    if works.isEmpty {
      throw .conflict(
        "no benchmark's name contains \(only.map { "'\($0)'" }.joined(separator: " or ")); see '--list'")
    }
  }

  /// The two files of `--compare`.
  var comparedFiles: (String, String)? { compare.count == 2 ? (compare[0], compare[1]) : nil }

  /// The selected benchmarks.
  var works: [Work] {
    let works =
      productWorks + shortlistWorks + operationWorks + updateWorks + trainingWorks + decodingWorks + ctcWorks
      + textWorks + serviceWorks
    guard only.isEmpty else { return works.filter { work in only.contains { work.name.contains($0) } } }
    return works.filter { all || list || !$0.isLarge }
  }
}
