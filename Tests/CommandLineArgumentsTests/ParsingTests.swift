import CommandLineArguments
import Testing

@Suite struct ParsingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let words: [String]
    let change: @Sendable (inout Sample) -> Void
    var testDescription: String { words.joined(separator: " ") }

    init(_ words: String..., change: @escaping @Sendable (inout Sample) -> Void) {
      (self.words, self.change) = (words, change)
    }
  }

  static let cases = [
    Case { _ in },
    Case("--source", "a", "--source=b") { $0.source = ["a", "b"] },
    Case("--source", "-") { $0.source = ["-"] },
    Case("--source", "") { $0.source = [""] },
    Case("--source=--joint") { $0.source = ["--joint"] },
    Case("--source", "a=b", "--source=c=d") { $0.source = ["a=b", "c=d"] },
    Case("--source", "-x") { $0.source = ["-x"] },
    Case("-m", "a,b", "--model", "c") { $0.model = ["a", "b", "c"] },
    Case("-ma") { $0.model = ["a"] },
    Case("-m=a") { $0.model = ["a"] },
    Case("--layers", "3") { $0.layers = 3 },
    Case("--layers", "3", "--layers=4") { $0.layers = 4 },
    Case("--learning-rate", "1e-3") { $0.rate = 0.001 },
    Case("--length-penalty", "-0.5") { $0.penalty = -0.5 },
    Case("--length-penalty=-2") { $0.penalty = -2 },
    Case("-b", "1") { $0.beam = 1 },
    Case("-b12") { $0.beam = 12 },
    Case("--language", "de", "--max-updates", "10") { ($0.language, $0.updates) = ("de", 10) },
    Case("--preset", "tiny") { $0.preset = .tiny },
    Case("--seed", "18446744073709551615") { $0.seed = .max },
    Case("--joint") { $0.joint = true },
    Case("--joint", "--separate") { $0.joint = false },
    Case("--separate", "--joint") { $0.joint = true },
    Case("--lowercase", "--") { $0.lowercase = true },
    Case("--lowercase=false") { $0.lowercase = false },
    Case("--time-budget", "1h30m") { $0.budget = .seconds(5400) },
  ]

  @Test(arguments: cases)
  func wordsSetProperties(_ item: Case) throws {
    var expected = Sample()
    expected.output = "out"
    item.change(&expected)
    #expect(try Sample.parse(["--output", "out"] + item.words) == expected)
  }

  static let documents: [([String], CommandDocument)] = [
    (["--help", "--nonsense"], .help), (["-h"], .help), (["--help-all"], .allHelp), (["--version"], .version),
    (["--layers", "2", "--generate-man-page", "-x"], .manPage),
    (["--generate-completion", "bash"], .completion(.bash)),
    (["--generate-completion", "fish", "--nonsense"], .completion(.fish)),
  ]

  @Test(arguments: documents)
  func whatAsksForATextWinsOverWhatFollows(_ words: [String], _ document: CommandDocument) throws {
    guard case .show(document) = try Sample.request(words) else {
      Issue.record("\(words) do not ask for \(document)")
      return
    }
  }

  @Test func aShellMustBeKnown() {
    #expect(
      throws: ArgumentError.missingValue(option: "--generate-completion", placeholder: "shell", found: nil)
    ) {
      try Sample.request(["--generate-completion"])
    }
    #expect(
      throws: ArgumentError.badValue(
        "csh", option: "--generate-completion", expected: "one of bash, zsh, fish")
    ) { try Sample.request(["--generate-completion", "csh"]) }
  }

  @Test(arguments: [
    ("90s", 90.0), ("30m", 1800), ("2h", 7200), ("1h30m", 5400), ("1d", 86400), ("1.5h", 5400), ("45", 45),
    ("0.5", 0.5), ("1d2h3m4s", 93784), ("0s", 0),
  ])
  func durationsAreRead(_ text: String, _ seconds: Double) {
    #expect(Duration(argument: text)?.inSeconds == seconds)
  }

  @Test(arguments: ["", "m", "30m2h", "1h1h", "-5s", "5 m", "5x", "h5", "1..5h", "nan", "٣s"])
  func durationsThatMeanNothingAreRefused(_ text: String) {
    #expect(Duration(argument: text) == nil)
  }

  @Test(arguments: [(90.0, "1m30s"), (5400, "1h30m"), (0, "0s"), (0.5, "0.5s"), (86400, "1d")])
  func durationsAreWrittenAsTheyAreRead(_ seconds: Double, _ text: String) {
    #expect(Duration.seconds(seconds).defaultText == text)
    #expect(Duration(argument: text)?.inSeconds == seconds)
  }

  @Test(arguments: [
    ("1", 1), ("4096", 4096), ("10k", 10 << 10), ("800m", 800 << 20), ("2g", 2 << 30), ("1.5G", 3 << 29),
    ("0.5T", 1 << 39), (".5k", 512),
  ])
  func memoryIsReadWithItsUnit(text: String, bytes: Int) {
    #expect(ByteCount(argument: text)?.bytes == bytes)
  }

  @Test(arguments: [
    "", "g", "2gb", "2 g", "-1g", "+2g", "1e3", "0", "0.1", "1.2.3g", "2gg", "nan", "inf", "20000t", "٣g",
  ])
  func memoryThatIsNoneIsRefused(text: String) {
    #expect(ByteCount(argument: text) == nil)
  }

  @Test(arguments: [(1, "1"), (1025, "1025"), (2048, "2k"), (3 << 29, "1536m"), (2 << 30, "2g")])
  func memoryIsShownAsItIsRead(bytes: Int, text: String) {
    #expect(ByteCount(bytes).defaultText == text)
    #expect(ByteCount(argument: text)?.bytes == bytes)
  }
}
