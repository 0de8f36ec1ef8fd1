/// The command line's options.
struct Options {
  enum Task {
    case help, write(folder: String), check(folder: String), sample(count: Int), statistics, paradigms
  }

  var task: Task?
  var pairs = 24_000
  var seed: UInt64 = 1

  static let help = """
    Makes the parallel English-German corpus of this repository from a grammar.

    USAGE: generate-corpus --output DIR [--pairs N] [--seed S]
           generate-corpus --check DIR  [--pairs N] [--seed S]

      --output DIR   write train, valid and test (.en, .de) into DIR
      --check DIR    regenerate in memory and compare: exit 0 if all is equal, else 1
      --sample N     print N pairs of each construction, for proof-reading
      --paradigms    print the forms of every noun, verb and adjective
      --statistics   print lexemes, constructions and lengths as Markdown
      --pairs N      pairs in train (default 24000)
      --seed S       seed of the random numbers (default 1)
      -h, --help     print this text
    """

  init(_ arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      switch option {
      case "-h", "--help": task = .help
      case "--paradigms": task = .paradigms
      case "--statistics": task = .statistics
      case "--output": task = .write(folder: try Self.value(of: option, &rest))
      case "--check": task = .check(folder: try Self.value(of: option, &rest))
      case "--sample": task = .sample(count: try Self.number(of: option, &rest))
      case "--pairs": pairs = try Self.number(of: option, &rest)
      case "--seed": seed = UInt64(try Self.number(of: option, &rest))
      default: throw UsageError(description: "unknown option '\(option)'; see --help")
      }
    }
    if task == nil { throw UsageError(description: "give --output DIR or --check DIR; see --help") }
  }

  private static func value(
    of option: String, _ rest: inout ArraySlice<String>
  ) throws(UsageError) -> String {
    guard let value = rest.popFirst(), !value.hasPrefix("--") else {
      throw UsageError(description: "'\(option)' needs a value; see --help")
    }
    return value
  }

  private static func number(of option: String, _ rest: inout ArraySlice<String>) throws(UsageError) -> Int {
    let text = try value(of: option, &rest)
    guard let number = Int(text), number >= 1 else {
      throw UsageError(
        description: "'\(text)' is not a value for '\(option)': expected a whole number from 1")
    }
    return number
  }
}

struct UsageError: Error, CustomStringConvertible { let description: String }
