import Testing
import Translation

@Suite struct ResultFormatTests {
  static let result = TranslationResult(
    lineNumber: 3,
    alternatives: [
      .init(text: "ein \"Haus\"", score: -0.25, logProbability: -1, reachedLimit: false),
      .init(text: "das/Haus\\", score: -12.34567, logProbability: -3.5, reachedLimit: true),
    ], wasRepaired: true, pieces: 1)

  @Test(arguments: [
    (ResultFormat.plain, ["ein \"Haus\""]), (.scored, ["-0.2500\tein \"Haus\""]),
    (.nBest(count: 2), ["2 ||| ein \"Haus\" ||| -0.2500", "2 ||| das/Haus\\ ||| -12.3457"]),
    (.nBest(count: 1), ["2 ||| ein \"Haus\" ||| -0.2500"]),
    (
      .nBest(count: 4),
      ["2 ||| ein \"Haus\" ||| -0.2500"] + Array(repeating: "2 ||| das/Haus\\ ||| -12.3457", count: 3)
    ),
    (
      .json(all: false),
      [
        #"{"line":3,"log_probability":-1,"pieces":1,"repaired":true,"score":-0.25,"translation":"ein \"Haus\""}"#
      ]
    ),
    (
      .json(all: true),
      [
        #"{"line":3,"pieces":1,"repaired":true,"translations":[{"log_probability":-1,"score":-0.25,"#
          + #""translation":"ein \"Haus\""},{"log_probability":-3.5,"reached_limit":true,"#
          + #""score":-12.34567,"translation":"das/Haus\\"}]}"#
      ]
    ),
  ])
  func linesAreWrittenAsDocumented(format: ResultFormat, lines: [String]) {
    #expect(format.lines(Self.result) == lines)
  }

  @Test(arguments: [
    (0.0, "0.0000"), (-0.00001, "0.0000"), (-0.99999, "-1.0000"), (-123.00049, "-123.0005"), (.nan, "nan"),
  ])
  func scoresHaveFourDecimals(score: Double, text: String) {
    let result = TranslationResult(
      lineNumber: 1,
      alternatives: [.init(text: "x", score: score, logProbability: score, reachedLimit: false)],
      wasRepaired: false, pieces: 1)
    #expect(ResultFormat.scored.lines(result) == [text + "\tx"])
  }
}
