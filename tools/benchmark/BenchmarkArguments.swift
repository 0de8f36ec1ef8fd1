public import CommandLineArguments
import Machine
public import Models

extension ModelPreset: ArgumentValue {}

/// The options of `benchmark`.
struct BenchmarkArguments: CommandArguments {
  /// Which clock measures.
  enum Clock: String, CaseIterable, Codable, ArgumentValue {
    /// The time that passes.
    case wall
    /// The time that this process computes, over its threads: for a machine that others use as well.
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
    summary: "measures how fast this machine trains, translates and cuts text",
    usage: ["[options]", "--compare <before.json>,<after.json>"],
    examples: [
      .init("everything that takes seconds", "benchmark"),
      .init("one of the long works", "benchmark --only 'training step base'"),
      .init("searches alone, kept for later", "benchmark --only decode --json before.json"),
      .init("what a change brought", "benchmark --compare before.json,after.json"),
    ],
    discussion: """
      Each work is prepared, run once to warm up, then repeated; the median counts. The last column is the share \
      of the rate at which the matrix library multiplies large matrices on as many threads, measured just before \
      the work: it says more than seconds do where machines differ, or are busy.

      Operations are measured one by one, on one thread and the tokens of half a batch: forward, and backward \
      without its forward pass. Works on the presets base and big need gigabytes and minutes; they run where \
      --only names them, or with --all.
      """)

  static let groups: [OptionGroupReference<Self>] = [.options("Options", options)]

  private static let options: [Option<Self>] = [
    Option("--only", "name", "works whose name contains this; may be repeated", \.only),
    Option("--all", "large works too", \.all),
    Option("--list", "print the works' names and do nothing", \.list),
    Option("--json", "file", "where the results are kept", \.json),
    Option("--compare", "file,file", "two kept results, the earlier first", \.compare, list: .commaSeparated),
    Option("--preset", "name", "size of the model that translates", \.preset),
    Option(
      "--threads", "count", "threads of training and of translating batches", \.threads,
      limit: .between(1, 1024)),
    Option("--seconds", "number", "how long each work is repeated", \.seconds, limit: .above(0)),
    Option("--clock", "name", "processor: where others use the machine too", \.clock),
    Option("--text", "file", "sentences for the works on text", \.text),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    guard compare.isEmpty || compare.count == 2 else {
      throw .conflict("'--compare' needs two files, the earlier first: --compare before.json,after.json")
    }
    if works.isEmpty {
      throw .conflict(
        "no work's name contains \(only.map { "'\($0)'" }.joined(separator: " or ")); see '--list'")
    }
  }

  /// The two files of `--compare`.
  var comparedFiles: (String, String)? { compare.count == 2 ? (compare[0], compare[1]) : nil }

  /// The works asked for.
  var works: [Work] {
    let works =
      productWorks + operationWorks + updateWorks + trainingWorks + decodingWorks + ctcWorks
      + textWorks
    guard only.isEmpty else { return works.filter { work in only.contains { work.name.contains($0) } } }
    return works.filter { all || list || !$0.isLarge }
  }
}
