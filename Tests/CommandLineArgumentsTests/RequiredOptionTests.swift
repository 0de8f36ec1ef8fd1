import CommandLineArguments
import Testing

/// Options that are required unless another one is given.
@Suite struct RequiredOptionTests {
  struct Command: CommandArguments {
    var vocabulary = ""
    var start: String?

    static let command = CommandDescription(name: "sample", summary: "needs a vocabulary", usage: [""])
    static let groups: [OptionGroupReference<Self>] = [.options("Options", options)]
    private static let options: [Option<Self>] = [
      Option("--vocab", "folder", "a vocabulary", \.vocabulary).required(unless: "--start is given"),
      Option("--start", "folder", "a model that has one", \.start),
    ]

    func requires(_ property: PartialKeyPath<Self>) -> Bool { property != \Self.vocabulary || start == nil }
  }

  @Test func oneOfTheTwoMustBeGiven() throws {
    #expect(try Command.parse(["--vocab", "v"]).vocabulary == "v")
    #expect(try Command.parse(["--start", "m"]).start == "m")
    #expect(try Command.parse(["--start", "m", "--vocab", "v"]).vocabulary == "v")
    #expect(throws: ArgumentError.missingOptions(["--vocab"])) { try Command.parse([]) }
    #expect(Command.text(of: .help).contains("a vocabulary (required unless --start is given)"))
  }
}
