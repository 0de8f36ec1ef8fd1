import Foundation
import TestSupport
import Testing

/// What users ask of single translations: terms, beginnings, scores, alignments, JSON lines.
@Suite struct GuidedTranslationTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  private func translate(_ options: [String], _ text: String = "Anna sees the old house.\n") throws
    -> Command.Outcome
  {
    try Command.translate.run(["--model", fixture.model] + options, text: text)
  }

  @Test func termsAreUsedAndReported() throws {
    let glossary = try folder.file("house\tBoot|Buch\nhorse\tBett\n", "terms.tsv")
    let text = "Anna sees the old house.\nThe man paints the green boat.\n"
    let outcome = try translate(["--glossary", glossary, "--json"], text)
    try expectSuccess(outcome)
    let terms = try outcome.objects().map { $0["terms"] as? [[String: Any]] ?? [] }
    #expect(terms.map(\.count) == [1, 0])
    #expect(["Boot", "Buch"].contains(terms[0][0]["found"] as? String))
    #expect(outcome.errors.contains("1 of 1 term is translated as the glossary says"))
    let missing = try translate(["--glossary", try folder.file("house\t\u{4e2d}\u{6587}\n", "other.tsv")])
    try expectSuccess(missing)
    let absent = try translate(["--glossary", try folder.file("zebra\tZebra\n", "absent.tsv")])
    #expect(absent.errors.contains("no term of the glossary occurs in the text"))
    #expect(missing.errors.contains("line 1: 'house' is not translated as '\u{4e2d}\u{6587}'"))
  }

  @Test func domainsAndEndingsAreOptions() throws {
    let glossary = try folder.file("house\tBoot\tships\npaint\tsieht\tart\n", "terms.tsv")
    func found(_ options: [String], _ text: String) throws -> Int {
      let outcome = try translate(["--glossary", glossary, "--json"] + options, text)
      try expectSuccess(outcome)
      return (try outcome.objects()[0]["terms"] as? [Any] ?? []).count
    }
    let text = "Anna paints the old house.\n"
    #expect(try found([], text) == 1)
    #expect(try found(["--glossary-match", "stem"], text) == 2)
    #expect(try found(["--glossary-domain", "art"], text) == 0)
  }

  @Test func translationsBeginAsAsked() throws {
    let prefixes = try folder.file("Der Ma\n\n", "prefixes")
    let text = "Anna sees the old house.\nAnna sees the old house.\n"
    let outcome = try translate(["--prefix", prefixes], text)
    try expectSuccess(outcome)
    #expect(outcome.lines.first?.hasPrefix("Der Ma") ?? false)
    #expect(outcome.lines.last == (try translate([]).lines.first))
    let tabbed = try translate(["--input-format", "tabbed"], "Anna sees the old house.\tDer Ma\n")
    #expect(tabbed.lines.first == outcome.lines.first)
  }

  /// The translation of a search, scored as a given one, has the score that the search gave it.
  @Test func scoresAreThoseOfTheSearch() throws {
    let text = try fixture.sentences().joined(separator: "\n") + "\n"
    let found = try translate(["--scores"], text)
    let given = try folder.file(
      found.lines.map { String($0.split(separator: "\t")[1]) + "\n" }.joined(), "given")
    let scored = try translate(["--score", given], text)
    try expectSuccess(scored)
    #expect(scored.errors.contains("perplexity"))
    for (left, right) in zip(scored.lines, found.lines) {
      let (left, right) = (left.split(separator: "\t"), right.split(separator: "\t"))
      #expect(left[1] == right[1])
      #expect(abs(try #require(Double(left[0])) - #require(Double(right[0]))) < 2e-4)
    }
  }

  @Test func alignmentsFollowTheTranslation() throws {
    let plain = try translate([])
    let outcome = try translate(["--alignment", "hard"])
    try expectSuccess(outcome)
    let parts = try #require(outcome.lines.first).components(separatedBy: " ||| ")
    #expect(parts.count == 2 && parts[0] == plain.lines.first)
    let links = parts[1].split(separator: " ").map { $0.split(separator: "-").compactMap { Int($0) } }
    #expect(!links.isEmpty && links.allSatisfy { $0.count == 2 && (0..<6).contains($0[0]) })
  }

  @Test func tokensAddUpToTheScore() throws {
    let outcome = try translate(["--json", "--token-scores"])
    try expectSuccess(outcome)
    let object = try outcome.objects()[0]
    let tokens = try #require(object["tokens"] as? [[String: Any]])
    let sum = tokens.compactMap { $0["log_probability"] as? Double }.reduce(0, +)
    #expect(abs(sum - (try #require(object["log_probability"] as? Double))) < 1e-4)
    #expect(tokens.last?["token"] as? String == "</s>")
  }

  @Test(arguments: [
    (["--score", "F", "--n-best", "2"], "'--score' has one translation"),
    (["--score", "F", "--sample"], "'--score' has one translation"),
    (["--prefix", "F", "--score", "F"], "leave one of them out"),
    (["--input-format", "json", "--prefix", "F"], "put it there"),
    (["--alignment", "hard", "--n-best", "2"], "only with '--json'"),
    (["--alignment", "hard", "--scores"], "only with '--json'"), (["--token-scores"], "with '--json'"),
    (["--glossary-domain", "d"], "need '--glossary'"),
    (["--min-length", "5", "--max-length", "4"], "minimum length"),
  ])
  func contradictionsAreRefused(options: [String], words: String) throws {
    let path = try folder.file("x\n", "file")
    expectFailure(
      try translate(options.map { $0 == "F" ? path : $0 }), .translate, status: 64, saying: [words])
  }

  @Test func mistakesNameFileAndLine() throws {
    let short = try folder.file("Der\n", "short")
    expectFailure(
      try translate(["--prefix", short], "Anna.\nAnna.\n"), .translate,
      saying: [short, "1 line", "has more"])
    expectFailure(
      try translate(["--glossary", try folder.file("a\tb\nc\n", "bad.tsv")]), .translate,
      saying: ["bad.tsv", "line 2", "no tab"])
    expectFailure(
      try translate(["--input-format", "json"], "{\"text\":\"Anna.\"}\n{}\n"), .translate,
      saying: ["line 2", "no \"text\""])
  }
}
