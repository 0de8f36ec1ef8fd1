import CommandLineArguments
import Foundation
import Testing

@Suite struct ConfigurationFileTests {
  /// Runs `body` with the path of a file with this content.
  private func withFile(_ content: String, _ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "configuration-\(UUID().uuidString).json"
    try Data(content.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(path)
  }

  @Test func everyKindOfValueIsRead() throws {
    let content = """
      {"source": ["a", "b"], "output": "out", "model": "m1,m2", "layers": 3, "learning-rate": 1,
       "length-penalty": -0.5, "preset": "base", "time-budget": "2h", "joint": true, "seed": 7, "language": null}
      """
    var expected = Sample()
    (expected.source, expected.output, expected.model) = (["a", "b"], "out", ["m1", "m2"])
    (expected.layers, expected.rate, expected.penalty) = (3, 1, -0.5)
    (expected.preset, expected.budget, expected.joint, expected.seed) = (.base, .seconds(7200), true, 7)
    try withFile(content) { path in
      let arguments = try Sample.parse(["--config", path])
      #expect(arguments == expected)
    }
  }

  @Test func theCommandLineWinsWhereverTheFileStands() throws {
    try withFile(#"{"source": ["a", "b"], "output": "x", "layers": 3, "joint": true, "beam": 9}"#) { path in
      let words = ["--source", "c", "--layers", "4", "--separate"]
      for words in [words + ["--config", path], ["--config=\(path)"] + words] {
        let arguments = try Sample.parse(words)
        #expect(arguments.source == ["c"])
        #expect(arguments.layers == 4)
        #expect(!arguments.joint)
        #expect(arguments.beam == 9)
        #expect(arguments.output == "x")
      }
    }
  }

  @Test func anEmptyListGivesNothing() throws {
    try withFile(#"{"source": [], "output": "x"}"#) { path in
      let arguments = try Sample.parse(["--config", path])
      #expect(arguments.source.isEmpty)
    }
    try withFile(#"{"files": [], "numbers": [3]}"#) { path in
      #expect(throws: ArgumentError.missingOptions(["--files"])) { try Lists.parse(["--config", path]) }
    }
  }

  /// A command with a required list.
  struct Lists: CommandArguments {
    var files: [String] = []
    var numbers = [1, 2]

    static let command = CommandDescription(name: "lists", summary: "needs a list")
    static let groups: [OptionGroupReference<Self>] = [.options("Options", options)]
    private static let options: [Option<Self>] = [
      Option("--files", "file", "what to read", \.files, required: true),
      Option("--numbers", "count", "how often", \.numbers),
    ]
  }

  @Test func aFlagCanBeTurnedOff() throws {
    try withFile(#"{"output": "x", "separate": false}"#) { path in
      let arguments = try Sample.parse(["--config", path])
      #expect(arguments.joint)
    }
  }

  static let mistakes = [
    (#"{"layer": 3}"#, ": unknown key 'layer'; did you mean 'layers'?"),
    (#"{"--layers": 3}"#, ": unknown key '--layers'; did you mean 'layers'?"),
    (#"{"config": "x"}"#, ": unknown key 'config'; keys are the options without '--'"),
    (#"{"layers": "3"}"#, ": '3' is not a value for 'layers': expected a whole number"),
    (#"{"layers": 2.5}"#, ": 2.5 is not a value for 'layers': expected a whole number"),
    (#"{"layers": 0}"#, ": '0' is not a value for 'layers': expected a whole number, at least 1"),
    (#"{"layers": 3.0}"#, ": 3.0 is not a value for 'layers': expected a whole number"),
    (#"{"layers": [3]}"#, ": the list is not a value for 'layers': expected a whole number"),
    (#"{"joint": 1}"#, ": 1 is not a value for 'joint': expected true or false"),
    (#"{"output": true}"#, ": true is not a value for 'output': expected a string"),
    (
      #"{"source": {"a": 1}}"#,
      ": the object is not a value for 'source': expected a string or a list of them"
    ),
    (#"{"source": ["a", 2]}"#, ": the list is not a value for 'source': expected a string or a list of them"),
    (#"{"preset": "huge"}"#, ": 'huge' is not a value for 'preset': expected one of tiny, small, base"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamedWithTheFile(_ content: String, _ message: String) throws {
    try withFile(content) { path in
      #expect { try Sample.parse(["--output", "o", "--config", path]) } throws: { "\($0)" == path + message }
    }
  }

  @Test(arguments: ["", "{", "[]", "3", #"{"layers": 3,,}"#])
  func whatIsNoObjectIsRefused(_ content: String) throws {
    try withFile(content) { path in
      #expect { try Sample.parse(["--output", "o", "--config", path]) } throws: {
        "\($0)".hasPrefix("cannot read configuration '\(path)': it ")
      }
    }
  }

  /// A file that is written by hand: the line is named, and no value is lost.
  @Test(arguments: [
    ("{\n  \"layers\": 3\n  \"beam\": 4\n}", "line 3: found '\"', expected"),
    ("{\"layers\": 3,\n \"layers\": 4}", "line 2: found"),
  ])
  func theLineOfAMistakeIsNamed(_ content: String, _ words: String) throws {
    try withFile(content) { path in
      #expect { try Sample.parse(["--output", "o", "--config", path]) } throws: { "\($0)".contains(words) }
    }
  }

  @Test func aSeedOfTheCommandLineIsASeedInTheFile() throws {
    try withFile(#"{"output": "x", "seed": 18446744073709551615}"#) { path in
      let arguments = try Sample.parse(["--config", path])
      #expect(arguments.seed == .max)
    }
  }

  @Test func aMissingFileIsNamed() {
    #expect { try Sample.parse(["--config", "/no/such/file.json"]) } throws: {
      "\($0)" == "cannot read configuration '/no/such/file.json': no such file"
    }
  }
}
