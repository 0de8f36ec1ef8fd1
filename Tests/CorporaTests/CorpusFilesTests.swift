import Corpora
import Testing
import Tokens

/// Weights and tags of files, from the files to the batches.
@Suite struct CorpusFilesTests {
  private let folder = TemporaryFolder()

  private func files(
    _ name: String, lines: Int, weight: Double = 1, tag: TokenID? = nil, text: String = "word"
  ) -> CorpusFiles {
    let side = (1...lines).map { "\(text) \(name)\($0 % 3 == 0 ? " more" : "")\n" }.joined()
    return CorpusFiles(
      source: folder.file("\(name).s", side), target: folder.file("\(name).t", side), weight: weight, tag: tag
    )
  }

  /// The words of a source line, preceded by the tag.
  private static let encodeSource: ParallelCorpus.SourceWordEncoder = { line, tag in
    EncodedWords(ids: (tag.map { [$0] } ?? []) + encodeWords(line))
  }

  private func load(_ files: [CorpusFiles], _ options: CorpusOptions = CorpusOptions()) throws
    -> ParallelCorpus
  {
    try ParallelCorpus(
      files: files, options: options, encodeSource: Self.encodeSource,
      encodeTarget: { EncodedWords(ids: encodeWords($0)) },
      beginsWithTag: { $0.first == UInt8(ascii: "<") })
  }

  @Test func filesAreToldApart() throws {
    var empty = files("c", lines: 3)
    empty = CorpusFiles(
      source: folder.file("c.s", "\na\n\n"), target: folder.file("c.t", "a\na\na\n"), weight: 0.25)
    let all = [files("a", lines: 4, weight: 2, tag: 5), files("b", lines: 3), empty]
    var options = CorpusOptions()
    options.keepsLines = true
    let corpus = try load(all, options)
    #expect(corpus.parts.map(\.files) == all)
    #expect(corpus.parts.map(\.pairs) == [0..<4, 4..<7, 7..<8])
    #expect(corpus.parts.map(\.pairsRead) == [4, 3, 3])
    #expect((0..<8).map { corpus.tag(of: $0) } == [5, 5, 5, 5, nil, nil, nil, nil])
    #expect(corpus[0].source.first == 5 && corpus[0].target.first != 5 && corpus[4].source.first != 5)
    #expect(
      "\(corpus.parts[0])" == "'\(all[0].source)' and '\(all[0].target)': pairs read: 4, kept: 4, weight 2")
    #expect("\(corpus.parts[2])".hasSuffix("pairs read: 3, kept: 1, weight 0.25"))
    let again = corpus.reencoded(
      source: { line, _ in encodeWords(line) }, target: { line, _ in encodeWords(line) })
    #expect(again.parts == corpus.parts)
    let some = corpus.reencoded(
      where: { $0 == 1 }, source: { _, _ in [9] }, target: { line, _ in encodeWords(line) })
    #expect((0..<8).filter { some[$0].source == [9] } == [1] && some[0] == corpus[0])
  }

  @Test func epochsHoldWhatTheWeightsSay() throws {
    let corpus = try load([
      files("a", lines: 40, weight: 2), files("b", lines: 30, weight: 0.5), files("c", lines: 10),
    ])
    let batcher = Batcher(corpus, batchTokens: 24, seed: 9)
    #expect(batcher.pairsOfEpoch == 105)
    var halves: [Set<Int>] = []
    for epoch in 1...4 {
      let plans = batcher.batches(epoch: epoch)
      let pairs = plans.flatMap(\.pairs)
      #expect(pairs.count == 105)
      for pair in 0..<40 { #expect(pairs.count { $0 == pair } == 2) }
      for pair in 70..<80 { #expect(pairs.count { $0 == pair } == 1) }
      let half = pairs.filter { 40..<70 ~= $0 }
      #expect(half.count == 15 && Set(half).count == 15)
      halves.append(Set(half))
      for plan in plans {
        let longest = plan.pairs.map { max(corpus[$0].source.count, corpus[$0].target.count) + 1 }.max() ?? 0
        #expect(plan.count * longest <= 24)
      }
      #expect(batcher.isUsed(epoch: epoch) == (0..<80).map { Set(pairs).contains($0) })
      #expect(plans == Batcher(corpus, batchTokens: 24, seed: 9).batches(epoch: epoch))
    }
    #expect(halves[0].isDisjoint(with: halves[1]) && halves[2] != halves[0])
    #expect(batcher.batchesByLength().flatMap(\.pairs).sorted() == Array(0..<80))
  }

  /// Without weights, the order is the same as for a corpus without files.
  @Test func weightsOfOneChangeNothing() throws {
    let corpus = try load([files("a", lines: 40), files("b", lines: 30)])
    let plain = ParallelCorpus(
      sources: (0..<70).map { Array(corpus[$0].source) }, targets: (0..<70).map { Array(corpus[$0].target) })
    for epoch in 1...3 {
      #expect(
        Batcher(corpus, batchTokens: 24, seed: 9).batches(epoch: epoch)
          == Batcher(plain, batchTokens: 24, seed: 9).batches(epoch: epoch))
    }
  }

  @Test func ownTagsBehindTheTagOfTheFileAreCounted() throws {
    let corpus = try load([
      files("a", lines: 5, tag: 6, text: "<2de> word"), files("b", lines: 5, text: "<2de> word"),
    ])
    #expect(corpus.count == 10)
    #expect(corpus.report.count(.ownTag) == 5)
    #expect("\(corpus.report)".contains("because their file has a tag: 5, at \(folder.path)/a.s:1"))
  }

  /// Alignment files count words, not including tags.
  @Test func alignmentsPassOverTags() throws {
    func load(_ links: String, tag: TokenID?) throws -> ParallelCorpus {
      let files = CorpusFiles(
        source: folder.file("a.s", "one two\n"), target: folder.file("a.t", "one two\n"), tag: tag,
        alignment: folder.file("a.align", links + "\n"))
      return try ParallelCorpus(
        files: [files],
        encodeSource: { line, tag in
          let ids = (tag.map { [$0] } ?? []) + encodeWords(line)
          return EncodedWords(ids: ids, wordLengths: ids.map { _ in 1 }, hasTag: tag != nil)
        },
        encodeTarget: { EncodedWords(ids: encodeWords($0), wordLengths: [1, 1]) })
    }
    let links = try [nil, TokenID(5)].map { tag in
      try load("0-0 1-1", tag: tag)[0].alignment?.ofSubwords.map { [$0.source, $0.target] }
    }
    #expect(links == [[[0, 0], [1, 1]], [[1, 0], [2, 1]]])
    #expect { try load("2-0", tag: 5) } throws: { "\($0)".contains("sentence has 2") }
  }

  @Test func epochsWithoutPairsAreRefused() throws {
    let few = files("a", lines: 3, weight: 0.3)
    #expect { try load([few]) } throws: {
      "\($0)".contains("'\(few.source)'") && "\($0)".contains("weight 0.3") && "\($0)".contains("below 1")
    }
    #expect(try load([few, files("b", lines: 10, weight: 0.1)]).count == 13)
  }
}
