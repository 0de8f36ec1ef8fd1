import Foundation
import TestSupport
import Testing

/// Options of `translate` for sampling, minimum risk, beams, lists and words at a place.
@Suite struct DecodingOptionsTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  private func translate(_ options: [String], _ text: String = "Anna sees the old house.\n") throws
    -> Command.Outcome
  {
    try Command.translate.run(["--model", fixture.model] + options, text: text)
  }

  @Test(arguments: [["--mbr", "12"], ["--mbr", "6", "--mbr-from", "beam"]])
  func theUtilityRanks(options: [String]) throws {
    let text = try fixture.sentences().prefix(4).joined(separator: "\n") + "\n"
    let best = try translate(options, text)
    try expectSuccess(best)
    #expect(best.lines.count == 4)
    let listed = try translate(options + ["--n-best", "3", "--json"], text)
    try expectSuccess(listed)
    for (object, line) in zip(try listed.objects(), best.lines) {
      let translations = try #require(object["translations"] as? [[String: Any]])
      let utilities = translations.compactMap { $0["utility"] as? Double }
      #expect(utilities.count == translations.count && utilities == utilities.sorted(by: >))
      #expect(translations.first?["translation"] as? String == line)
    }
    // The same seed draws the same samples.
    #expect(try translate(options, text).lines == best.lines)
  }

  /// A list of the command's own is ranked as it was, with the same scores.
  @Test func listsAreRanked() throws {
    let text = try fixture.sentences().prefix(5).joined(separator: "\n") + "\n"
    let found = try translate(["--n-best", "4"], text)
    let shuffled = found.lines.sorted { ($0.prefix(2), $1) < ($1.prefix(2), $0) }
    let list = try folder.file(shuffled.joined(separator: "\n") + "\n", "list")
    let scored = try translate(["--score", list, "--score-format", "nbest"], text)
    try expectSuccess(scored)
    #expect(scored.lines.count == found.lines.count)
    func fields(_ lines: [String]) throws -> [(line: String, text: String, score: Double)] {
      try lines.map { line in
        let fields = line.components(separatedBy: " ||| ")
        return (fields[0], fields[1], try #require(Double(fields[2])))
      }
    }
    let (left, right) = (try fields(scored.lines), try fields(found.lines))
    #expect(left.map { $0.line + $0.text }.sorted() == right.map { $0.line + $0.text }.sorted())
    for (item, next) in zip(left, left.dropFirst()) where item.line == next.line {
      #expect(item.score >= next.score)
    }
    // A search may have spelled the same text by other tokens.
    let known = left.count { item in
      right.contains { $0.line == item.line && $0.text == item.text && abs($0.score - item.score) < 3e-4 }
    }
    #expect(4 * known >= 3 * left.count)
  }

  @Test func wordsFollowAPrefix() throws {
    let prefixes = try folder.file("Anna s\n", "prefixes")
    let outcome = try translate(["--prefix", prefixes, "--alternatives-at", "6", "--n-best", "3"])
    try expectSuccess(outcome)
    #expect((1...3).contains(outcome.lines.count))
    for line in outcome.lines {
      let fields = line.components(separatedBy: " ||| ")
      #expect(fields.count == 4 && fields[0] == "0" && fields[1].hasPrefix("s"))
      #expect(fields[3].hasPrefix("Anna " + fields[1]))
    }
    let json = try translate(
      ["--input-format", "json", "--json"],
      #"{"text": "Anna sees the old house.", "prefix": "Anna s", "alternatives_at": 6}"# + "\n")
    let words = try #require(try json.objects()[0]["translations"] as? [[String: Any]])
    #expect(words.allSatisfy { $0["word"] is String && $0["probability"] is Double })
  }

  @Test(arguments: [
    ["--stop-rule", "eager"], ["--stop-rule", "first-come", "--patience", "2"], ["--stop-rule", "vanilla"],
    ["--stop-rule", "full"],
    ["--beam", "6", "--beam-groups", "3", "--diversity", "1"],
    ["--word-penalty", "-0.5", "--length-penalty-kind", "none"], ["--sample", "--epsilon", "0.1"],
    ["--sample", "--min-p", "0.2", "--eta", "0.01"],
  ])
  func everyLineIsTranslated(options: [String]) throws {
    let text = try fixture.sentences().joined(separator: "\n") + "\n"
    // The fixture's model is trained so briefly that it may loop, which would be reported.
    let outcome = try translate(options + ["--keep-repetitions"], text)
    try expectSuccess(outcome)
    #expect(outcome.lines.count == (try fixture.sentences().count))
    #expect(outcome.lines.allSatisfy { !$0.isEmpty } && outcome.errors.isEmpty)
  }

  @Test(arguments: [
    (["--mbr", "5", "--sample"], "cannot be used together"),
    (["--epsilon", "0.1"], "needs '--sample' or '--mbr'"),
    (["--mbr", "5", "--mbr-from", "beam", "--top-k", "3"], "no effect with '--mbr-from beam'"),
    (["--mbr", "3", "--n-best", "4"], "at most the number of candidates"),
    (["--mbr", "5", "--glossary", "F"], "--mbr-from beam"), (["--score", "F", "--mbr", "5"], "leave out"),
    (["--patience", "2"], "needs '--stop-rule first-come'"), (["--diversity", "2"], "needs '--beam-groups'"),
    (["--beam-groups", "2"], "a divisor of the beam size, 5"),
    (["--glossary", "F", "--beam-groups", "5"], "with a glossary"),
    (["--score-format", "nbest"], "needs '--score'"), (["--alternatives-at", "3"], "'--prefix'"),
    (["--alternatives-at", "0", "--sample"], "searches"),
    (["--score", "F", "--score-format", "nbest"], "number |||"),
  ])
  func contradictionsAreRefused(options: [String], words: String) throws {
    let path = try folder.file("house\tHaus\n", "file")
    let outcome = try translate(options.map { $0 == "F" ? path : $0 })
    #expect(outcome.status != 0 && outcome.errors.contains(words), "\(options): \(outcome.errors)")
  }
}
