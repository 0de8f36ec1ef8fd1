public import CommandLineArguments
public import DataChecks
import Formatting
import Machine

extension FindingKind: ArgumentValue {}

/// A kind of finding whose names another option lists already.
struct OtherKind: ArgumentValue, Equatable {
  let kind: FindingKind

  init?(argument: String) {
    guard let kind = FindingKind(rawValue: argument) else { return nil }
    self.kind = kind
  }

  static var expectation: String { FindingKind.expectation }
  var defaultText: String? { kind.rawValue }
}

/// The findings at which the command exits with 1.
enum FailureLevel: String, CaseIterable, ArgumentValue {
  case error, warning, note, never
}

/// The options of `check-data`.
struct CheckDataArguments: CommandArguments {
  var source = ""
  var target = ""
  var validSource = ""
  var validTarget = ""
  var testSource = ""
  var testTarget = ""
  var sourceLanguage = ""
  var targetLanguage = ""
  var vocabulary = ""
  var model = ""
  var maxLength = 256
  var only: [FindingKind] = []
  var except: [OtherKind] = []
  var isThorough = false
  var isQuick = false
  var threads = availableProcessors()
  var examples = 3
  var json = ""
  var listsAllLines = false
  var clean = ""
  var failOn = FailureLevel.warning
  var explainsKinds = false

  static let groups: [OptionGroupReference<Self>] = [
    .options("Text (plain or gzip, one sentence per line)", textOptions),
    .options("Checks", checkOptions), .options("Output", outputOptions),
  ]

  private static let textOptions: [Option<Self>] = [
    Option("--source", "file", "source side of the training text", \.source)
      .required(unless: "--kinds is given"),
    Option("--target", "file", "target side of the training text", \.target)
      .required(unless: "--kinds is given"),
    Option("--valid-source", "file", "source side of the validation text", \.validSource),
    Option("--valid-target", "file", "target side of the validation text", \.validTarget),
    Option("--test-source", "file", "source side of the test text", \.testSource),
    Option("--test-target", "file", "target side of the test text", \.testTarget),
    Option(
      "--source-language", "code",
      "language of the source (default: as the file's name ends, or as it looks)", \.sourceLanguage),
    Option(
      "--target-language", "code",
      "language of the target (default: as the file's name ends, or as it looks)", \.targetLanguage),
  ]

  private static let checkOptions: [Option<Self>] = [
    Option("--only", "kind,...", "look for these kinds only", \.only, list: .commaSeparated),
    Option("--except", "kind,...", "look for all kinds but these", \.except, list: .commaSeparated),
    Option("--quick", "leave out alignment scores, which find misaligned pairs", \.isQuick),
    Option("--thorough", "identify the language of every line, not only of suspicious ones", \.isThorough)
      .conflicts(with: \.isQuick),
    Option("--vocab", "folder", "vocabulary: find what it does not know, and what is too long", \.vocabulary),
    Option("--model", short: "m", "folder", "model whose vocabulary to use instead", \.model)
      .conflicts(with: \.vocabulary),
    Option(
      "--max-length", "subwords", "--max-length of the training, which drops longer sentences", \.maxLength,
      limit: .between(1, 65536)
    ).only(withOneOf: \.vocabulary, \.model),
    Option("--threads", "count", "threads that check", \.threads, limit: .between(1, 1024)),
  ]

  private static let outputOptions: [Option<Self>] = [
    Option("--examples", "count", "examples of each kind", \.examples, limit: .between(0, 1000)),
    Option("--json", "file", "write the findings as JSON; '-' is standard output, instead of text", \.json),
    Option("--all-lines", "list the lines of all findings in the JSON", \.listsAllLines).only(with: \.json),
    Option(
      "--write-clean", "folder", "write the training text without its faults, and what was dropped", \.clean),
    Option("--fail-on", "severity", "exit with 1 if there are findings of this severity or above", \.failOn),
    Option("--kinds", "explain all kinds of findings, and exit", \.explainsKinds),
  ]

  func requires(_ property: PartialKeyPath<Self>) -> Bool { !explainsKinds }

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    for (one, other, names) in [
      (validSource, validTarget, "'--valid-source' and '--valid-target'"),
      (testSource, testTarget, "'--test-source' and '--test-target'"),
    ] where one.isEmpty != other.isEmpty {
      throw .conflict("\(names) belong together; give both")
    }
    let files = [source, target, validSource, validTarget, testSource, testTarget]
    if files.contains("-") {
      throw .conflict("the text is read twice, which is not possible from standard input; name files")
    }
    if !explainsKinds, kinds.isEmpty { throw .conflict("'--only' and '--except' leave nothing to look for") }
  }

  /// The kinds to look for.
  var kinds: Set<FindingKind> {
    (only.isEmpty ? Set(FindingKind.allCases) : Set(only)).subtracting(except.map(\.kind))
  }

  /// The files.
  var text: CheckedText {
    CheckedText(
      training: PairFiles(source: source, target: target),
      validation: validSource.isEmpty ? nil : PairFiles(source: validSource, target: validTarget),
      test: testSource.isEmpty ? nil : PairFiles(source: testSource, target: testTarget))
  }
}
