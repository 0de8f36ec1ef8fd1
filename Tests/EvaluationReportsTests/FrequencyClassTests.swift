import EvaluationReports
import Testing

@Suite struct FrequencyClassTests {
  private func words(_ text: String) -> [[UInt8]] { text.split(separator: " ").map { Array($0.utf8) } }

  @Test func wordsMatchAsOftenAsBothSidesHaveThem() throws {
    let references = ["the the cat", "a new word"].map(words)
    let systems = [["the cat cat", "the new word"].map(words), ["the the the", ""].map(words)]
    var counts = WordCounts(of: Set((references + systems.flatMap { $0 }).flatMap { $0 }))
    for _ in 0..<3 { counts.add(words("the cat sat")) }
    counts.add(words("a new a"))
    #expect(counts.total == 12 && counts[words("the")[0]] == 3 && counts[words("sat")[0]] == 0)

    let classes = FrequencyClass.classes(counts, references: references, systems: systems)
    let named = Dictionary(uniqueKeysWithValues: classes.map { ($0.name, $0) })
    // "word" was never seen, "new" once, "a" twice, "the" and "cat" three times.
    let unseen = try #require(named["0"]), once = try #require(named["1"]), some = try #require(named["2–4"])
    #expect(unseen.referenceCount == 1 && unseen.systemCounts == [1, 0] && unseen.matches == [1, 0])
    #expect(once.matches == [1, 0])
    #expect(some.referenceCount == 4 && some.systemCounts == [4, 3] && some.matches == [2, 2])
    #expect(some.fMeasures == [0.5, 4.0 / 7] && classes.count == 3)
  }
}
