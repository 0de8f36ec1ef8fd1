import CommandLineArguments
import Testing

@Suite struct EarlierCommandTests {
  @Test func optionsGivenAgainReplaceThoseOfBefore() throws {
    let words = try Sample.words(
      ["--layers", "2", "-b3"],
      continuing: [
        "--layers", "5", "--source", "a", "--source=b", "--beam=7", "--lowercase", "--output", "o",
      ],
      without: [])
    #expect(words == ["--source=a", "--source=b", "--lowercase=true", "--output=o", "--layers", "2", "-b3"])
    let sample = try Sample.parse(words)
    #expect(sample.layers == 2 && sample.source == ["a", "b"] && sample.beam == 3 && sample.lowercase)
  }

  @Test func optionsAreLeftOutByName() throws {
    let earlier = ["--output", "o", "-m", "m", "--lowercase", "--config", "file.json"]
    #expect(
      try Sample.words([], continuing: earlier, without: ["--model", "--lowercase"]) == [
        "--config=file.json", "--output=o",
      ])
    #expect(try Sample.words(["--config", "b"], continuing: earlier, without: []).first == "--output=o")
  }

  @Test func valuesThatLookLikeOptionsStayValues() throws {
    let words = try Sample.words(
      ["--output", "o"], continuing: ["--length-penalty=-1", "--source=--x"], without: [])
    let sample = try Sample.parse(words)
    #expect(sample.penalty == -1 && sample.source == ["--x"])
  }

  @Test func optionsAreFoundInWords() throws {
    let found = try Sample.options(in: [
      "--layers=2", "-m", "a", "--source", "x", "--source", "y", "--lowercase",
    ])
    #expect(
      found == ["--layers": ["2"], "--model": ["a"], "--source": ["x", "y"], "--lowercase": ["true"]])
    #expect(try Sample.options(in: ["--layers", "2", "--help"]) == nil)
    #expect(throws: ArgumentError.self) { try Sample.options(in: ["--layer", "2"]) }
  }
}
