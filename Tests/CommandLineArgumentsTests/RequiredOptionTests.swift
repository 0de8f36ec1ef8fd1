import CommandLineArguments
import Testing

/// Options that must be given, unless another one is.
@Suite struct RequiredOptionTests {
  struct Command: CommandArguments {
    var vocabulary = ""
    var start: String?
    var size = 3
    var given: Set<String> = []

    static let command = CommandDescription(name: "sample", summary: "needs a vocabulary", usage: [""])
    static let options: [Option<Self>] = [
      Option("--vocab", "folder", "a vocabulary", \.vocabulary, required: true),
      Option("--start", "folder", "a model that has one", \.start),
      Option("--size", "count", "of anything", \.size),
    ]

    mutating func note(given: Set<String>) { self.given = given }
    func requires(_ option: String) -> Bool { start == nil }
  }

  @Test func oneOfTheTwoMustBeGiven() throws {
    #expect(try Command.parse(["--vocab", "v"]).vocabulary == "v")
    #expect(try Command.parse(["--start", "m"]).start == "m")
    #expect(try Command.parse(["--start", "m", "--vocab", "v"]).vocabulary == "v")
    #expect(throws: ArgumentError.missingOptions(["--vocab"])) { try Command.parse([]) }
    #expect(throws: ArgumentError.missingOptions(["--vocab"])) { try Command.parse(["--size", "4"]) }
  }

  /// A value may be the default although somebody asked for it.
  @Test func whatWasGivenIsKnown() throws {
    #expect(try Command.parse(["--vocab", "v", "--size", "3"]).given == ["--vocab", "--size"])
    #expect(try Command.parse(["--vocab=v"]).given == ["--vocab"])
  }
}
