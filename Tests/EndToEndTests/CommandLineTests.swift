import Foundation
import TestSupport
import Testing

/// The behavior that all commands share.
@Suite struct CommandLineTests {
  /// Options with which a command starts; the files need not exist.
  static func arguments(_ command: Command) -> [String] {
    switch command {
    case .buildVocab: ["--source", "/no/source", "--target", "/no/target", "--output", "/no/folder"]
    case .segmentText: ["--codes", "/no/codes"]
    case .trainTranslation:
      [
        "--vocab", "/no/vocab", "--train-source", "/no/a", "--train-target", "/no/b",
        "--valid-source", "/no/c", "--valid-target", "/no/d", "--model", "/no/model",
      ]
    case .alignText: ["--source", "/no/source", "--target", "/no/target"]
    case .buildShortlist: ["--model", "/no/model", "--source", "/no/source", "--target", "/no/target"]
    case .calibrateModel: ["--model", "/no/model", "--source", "/no/source", "--target", "/no/target"]
    case .averageCheckpoints: ["--model", "/no/model", "--output", "/no/folder"]
    case .quantizeModel: ["--model", "/no/model", "--output", "/no/folder"]
    case .importModel: ["--input", "/no/model", "--output", "/no/folder"]
    case .exportModel: ["--model", "/no/model", "--format", "marian", "--output", "/no/folder"]
    case .translate, .serveTranslation, .describeModel: ["--model", "/no/model"]
    case .joinTranslations: ["--folder", "/no/folder"]
    case .manageKeys: ["--database", "/no/folder/server.db"]
    case .convertCorpus: ["--input", "/no/corpus"]
    case .prepareCorpus:
      [
        "--vocab", "/no/vocab", "--train-source", "/no/a", "--train-target", "/no/b", "--output",
        "/no/corpus",
      ]
    case .checkData: ["--source", "/no/source", "--target", "/no/target"]
    case .evaluateTranslation: ["--reference", "/no/reference"]
    }
  }

  @Test(arguments: Command.allCases, ["--help", "-h"])
  func helpGoesToStandardOutput(command: Command, option: String) throws {
    let outcome = try command.run([option])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.contains(command.rawValue))
    #expect(outcome.output.contains("--config"))
    #expect(outcome.lines.allSatisfy { $0.count <= 100 })
  }

  @Test(arguments: Command.allCases)
  func versionGoesToStandardOutput(command: Command) throws {
    let outcome = try command.run(["--version"])
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.lines.first?.hasPrefix("\(command.rawValue) ") == true)
    #expect(outcome.output.contains { $0.isNumber })
    let usesKernels = [.trainTranslation, .translate, .serveTranslation].contains(command)
    #expect(outcome.output.contains("kernels") == usesKernels)
  }

  @Test(arguments: Command.allCases)
  func helpIntoAFullDiskFails(command: Command) throws {
    let outcome = try command.shell(#""$COMMAND" --help >/dev/full"#)
    expectFailure(outcome, command, saying: ["cannot write"])
  }

  @Test(arguments: [Command.buildVocab, .segmentText, .translate])
  func threadsAreThoseOfTheProcessorsAllowed(command: Command) throws {
    let outcome = try command.shell(
      #"one=$(taskset -cp $$ | grep -o '[0-9]*$'); taskset -c "$one" "$COMMAND" --help"#)
    try expectSuccess(outcome)
    let words = outcome.output.split { $0.isWhitespace }.joined(separator: " ")
    let parts = words.components(separatedBy: "--threads <count> ")
    try #require(parts.count == 2)
    #expect(parts[1].prefix { $0 != ")" }.hasSuffix("default: 1"), "\(parts[1].prefix(100))")
  }

  struct WrongOption: Sendable, CustomTestStringConvertible {
    let command: Command
    let option: String
    let suggestion: String
    var testDescription: String { "\(command.rawValue) \(option)" }
  }

  @Test(arguments: [
    WrongOption(command: .buildVocab, option: "--mergse", suggestion: "--merges"),
    WrongOption(command: .segmentText, option: "--seperator", suggestion: "--separator"),
    WrongOption(command: .trainTranslation, option: "--presets", suggestion: "--preset"),
    WrongOption(command: .translate, option: "--beams", suggestion: "--beam"),
    WrongOption(command: .checkData, option: "--write-cleaned", suggestion: "--write-clean"),
    WrongOption(command: .prepareCorpus, option: "--shard-sizes", suggestion: "--shard-size"),
    WrongOption(command: .convertCorpus, option: "--strip-tag", suggestion: "--strip-tags"),
    WrongOption(command: .evaluateTranslation, option: "--metric", suggestion: "--metrics"),
  ])
  func unknownOptionIsNamedWithTheNearest(_ item: WrongOption) throws {
    let outcome = try item.command.run(Self.arguments(item.command) + [item.option, "5"])
    expectFailure(outcome, item.command, status: 64, saying: ["'\(item.option)'", "'\(item.suggestion)'"])
    #expect(outcome.outputBytes.isEmpty)
  }

  @Test(arguments: Command.allCases)
  func missingOptionIsNamed(command: Command) throws {
    let arguments = Self.arguments(command)
    expectFailure(try command.run([]), command, status: 64, saying: [arguments[0]])
    let last = arguments[arguments.count - 2]
    expectFailure(try command.run(arguments.dropLast(2)), command, status: 64, saying: [last])
    // A missing value.
    expectFailure(try command.run(arguments.dropLast()), command, status: 64, saying: [last])
  }

  @Test(arguments: [
    (Command.buildVocab, ["--merges", "many"]), (.buildVocab, ["--tokenizer", "moses"]),
    (.buildVocab, ["--min-frequency", "0"]), (.trainTranslation, ["--preset", "huge"]),
    (.segmentText, ["--normalization", "nfx"]),
    (.segmentText, ["--language", "germann"]), (.segmentText, ["--separator", ""]),
    (.segmentText, ["--vocabulary-threshold", "5"]), (.segmentText, ["--protect", "("]),
    (.segmentText, ["--vocab", "v"]), (.buildVocab, ["--protect", "x*"]),
    (.trainTranslation, ["--dropout", "1.5"]), (.trainTranslation, ["--time-budget", "soon"]),
    (.translate, ["--beam", "0"]), (.translate, ["--top-k", "3"]), (.translate, ["--n-best", "9"]),
    (.checkData, ["--only", "nonsense"]), (.checkData, ["--except", "nonsense"]),
    (.checkData, ["--fail-on", "soon"]),
    (.describeModel, ["--beam", "1"]), (.convertCorpus, ["--format", "docx"]),
    (.convertCorpus, ["--include", "untranslated"]),
    (.evaluateTranslation, ["--metrics", "bleu,bleurt"]), (.evaluateTranslation, ["--tokenize", "14a"]),
    (.evaluateTranslation, ["--smooth", "floor", "--smooth-value", "1e17"]),
    (.evaluateTranslation, ["--trials", "1000000000000"]), (.translate, ["--model", "m,"]),
  ])
  func wrongValueIsNamed(command: Command, extra: [String]) throws {
    let outcome = try command.run(Self.arguments(command) + extra)
    expectFailure(outcome, command, status: 64, saying: [])
    #expect(outcome.errors.contains(extra[1]) || outcome.errors.contains(extra[0]), "\(outcome.errors)")
  }

  @Test(arguments: Command.allCases)
  func missingFileIsNamed(command: Command) throws {
    let outcome = try command.run(Self.arguments(command))
    // 1 says that check-data found something.
    expectFailure(outcome, command, status: command == .checkData ? 2 : 1, saying: ["/no/"])
    #expect(outcome.outputBytes.isEmpty)
  }

  @Test(arguments: Command.allCases)
  func configurationFileIsChecked(command: Command) throws {
    let folder = try TemporaryFolder()
    let path = folder("config.json")
    let cases: [(contents: String, words: [String])] = [
      (#"{"no-such-option": 1}"#, ["no-such-option"]), ("{", [path]), ("[1]", [path]), ("", [path]),
    ]
    for item in cases {
      try item.contents.write(toFile: path, atomically: false, encoding: .utf8)
      let outcome = try command.run(Self.arguments(command) + ["--config", path])
      expectFailure(outcome, command, status: 64, saying: item.words)
    }
    expectFailure(
      try command.run(Self.arguments(command) + ["--config", "/no/config"]), command, status: 64,
      saying: ["/no/config"])
    expectFailure(
      try command.run(Self.arguments(command) + ["--config", folder.path]), command, status: 64,
      saying: [folder.path])
  }

  @Test func configurationFileGivesOptionsAndTheCommandLineWins() throws {
    let fixture = try Fixture.shared()
    let folder = try TemporaryFolder()
    let path = folder("config.json")
    try #"{"model": "\#(fixture.model)", "beam": 2, "n-best": 2}"#
      .write(toFile: path, atomically: false, encoding: .utf8)
    let two = try Command.translate.run(["--config", path], text: "Anna sees the old house.\n")
    #expect(two.lines.count == 2, "\(two.errors)")
    let one = try Command.translate.run(
      ["--config", path, "--n-best", "1"], text: "Anna sees the old house.\n")
    #expect(one.lines.count == 1, "\(one.errors)")
  }
}
