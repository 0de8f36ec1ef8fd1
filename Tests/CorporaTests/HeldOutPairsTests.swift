import Corpora
import Testing

@Suite struct HeldOutPairsTests {
  let folder = TemporaryFolder()

  /// Two pairs of files with `count` different source lines each, the first three of which are in both.
  private func files(_ count: Int) -> (sources: [String], targets: [String]) {
    let first = (0..<count).map { "source \($0)" }
    let second = ["source 0", "source 1", "source 2"] + (3..<count).map { "other \($0)" }
    func file(_ name: String, _ lines: [String]) -> String {
      folder.file(name, lines.joined(separator: "\n") + "\n")
    }
    return (
      [file("a.s", first), file("b.s", second)],
      [file("a.t", first.map { "target of \($0)" }), file("b.t", second.map { "another of \($0)" })]
    )
  }

  private func choose(_ count: Int, of total: Int, seed: UInt64 = 1) throws -> HeldOutPairs {
    let (sources, targets) = files(total)
    return try HeldOutPairs(sourceFiles: sources, targetFiles: targets, seed: seed) { _ in count }
  }

  private func texts(_ pairs: HeldOutPairs) -> [String] {
    pairs.pairs.map { String(decoding: $0.source, as: UTF8.self) }
  }

  @Test(arguments: [1, 17, 300])
  func asManyAsAskedFor(count: Int) throws {
    let pairs = try choose(count, of: 200)
    #expect(pairs.pairs.count == count && Set(texts(pairs)).count == count && pairs.pairsRead == 400)
    for pair in pairs.pairs {
      let target = String(decoding: pair.target, as: UTF8.self)
      #expect(target.hasSuffix(" of " + String(decoding: pair.source, as: UTF8.self)))
    }
  }

  @Test func seedAloneDecides() throws {
    let one = try choose(20, of: 200)
    #expect(try one == choose(20, of: 200))
    #expect(try one != choose(20, of: 200, seed: 2))
    // A smaller selection is a subset of a larger one.
    #expect(try Set(texts(choose(5, of: 200))).isSubset(of: Set(texts(one))))
  }

  @Test func aSourceLineIsLeftOutWhereverItStands() throws {
    let (sources, targets) = files(200)
    let pairs = try HeldOutPairs(sourceFiles: sources, targetFiles: targets, seed: 1) { $0 }
    #expect(pairs.pairs.count == 397)
    #expect(pairs.lines == [Set(1...200), Set(1...200)])
    // Of several pairs with the same source line, the first is used for validation.
    #expect(
      pairs.pairs.prefix(3).allSatisfy { String(decoding: $0.target, as: UTF8.self).hasPrefix("target") })
  }

  @Test func trainingNeverSeesThem() throws {
    let (sources, targets) = files(200)
    let pairs = try HeldOutPairs(sourceFiles: sources, targetFiles: targets, seed: 3) { _ in 40 }
    var options = CorpusOptions()
    (options.heldOutSources, options.keepsLines) = (pairs.sources, true)
    let corpus = try ParallelCorpus(
      sourceFiles: sources, targetFiles: targets, options: options, encodeSource: encodeWords,
      encodeTarget: encodeWords)
    let trained = (0..<corpus.count).compactMap { corpus.text(of: $0)?.source }
    #expect(Set(trained).isDisjoint(with: pairs.sources))
    #expect(corpus.count == 400 - pairs.lines.reduce(0) { $0 + $1.count })
    #expect(corpus.report.count(.heldOut) == 400 - corpus.count && corpus.count <= 360)
    #expect("\(corpus.report)".contains("held out for validation"))
  }

  @Test func linesThatCouldNotBeReadAgainAreNotHeldOut() throws {
    let source = folder.file("s", "\u{feff}bom\n\n  \na\r\r\nfine\nfine too\n")
    let target = folder.file("t", "x\nx\nx\nx\ny\n \n")
    let pairs = try HeldOutPairs(sourceFiles: [source], targetFiles: [target], seed: 1) { $0 }
    #expect(texts(pairs) == ["bom", "fine"])
  }

  @Test func filesThatDoNotBelongTogetherAreNamed() {
    let (source, target) = (folder.file("s", "a\nb\n"), folder.file("t", "a\n"))
    #expect(throws: CorpusError.self) {
      try HeldOutPairs(sourceFiles: [source], targetFiles: [target], seed: 1) { $0 }
    }
    #expect(throws: CorpusError.self) {
      try HeldOutPairs(sourceFiles: [source], targetFiles: [folder.path + "/none"], seed: 1) { $0 }
    }
  }
}

extension HeldOutPairsTests {
  private func pairs(_ lines: [String], count: Int, limit: Int) throws -> HeldOutPairs {
    let source = folder.file("r.s", lines.joined(separator: "\n") + "\n")
    let target = folder.file("r.t", lines.map { "to \($0)" }.joined(separator: "\n") + "\n")
    return try HeldOutPairs(
      sourceFiles: [source], targetFiles: [target], seed: 1, count: { _ in count }, limit: { _ in limit })
  }

  @Test func aLineThatIsMostOfTheTextIsNotHeldOut() throws {
    let text = (0..<300).map { $0 % 3 == 0 ? "line \($0)" : "open the file ." }
    let chosen = try pairs(text, count: 40, limit: 75)
    #expect(chosen.pairs.count == 40 && chosen.lines[0].count == 40)
    #expect(!chosen.sources.contains(Array("open the file .".utf8)))
    #expect(try pairs(Array(repeating: "open", count: 300), count: 20, limit: 75).pairs.isEmpty)
  }

  @Test func limitCountsAllPairsWithTheSameSourceLine() throws {
    let text = (0..<400).map { "line \($0 % 100)" }
    let chosen = try pairs(text, count: 40, limit: 100)
    #expect(chosen.pairs.count == 25 && chosen.lines[0].count == 100)
    // Without repeated lines, the limit changes nothing.
    let all = (0..<400).map { "line \($0)" }
    #expect(try pairs(all, count: 20, limit: 100) == pairs(all, count: 20, limit: 400))
  }
}
