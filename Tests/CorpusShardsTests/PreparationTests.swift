import Corpora
import CorpusShards
import Foundation
import TestSupport
import Testing
import Text
import Tokens

/// From text to shards.
@Suite struct PreparationTests {
  private let text: SampleText

  init() throws { text = try SampleText(pairs: 730) }

  private func sorted(_ pairs: [[TokenID]]) -> [[TokenID]] {
    pairs.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// The same pairs as in memory, in another order, with the same report.
  @Test(arguments: [false, true])
  func everyPairIsThereOnce(isCompressed: Bool) throws {
    let (loaded, corpus) = (try text.loaded(), try text.prepare { $0.isCompressed = isCompressed })
    let expected = (0..<loaded.count).map { ids(loaded[$0]) }
    let found = try pairs(corpus)
    #expect(sorted(found) == sorted(expected))
    #expect(found != expected)
    let manifest = corpus.manifest
    #expect(manifest.report == "\(loaded.report)")
    #expect(manifest.pairs == loaded.count && loaded.count > 600)
    #expect((manifest.longestSource, manifest.longestTarget) == loaded.longestSides)
    #expect(manifest.sourceTokens == loaded.report.sourceTokens)
    #expect(manifest.targetTokens == loaded.report.targetTokens)
    #expect(manifest.shards.dropLast().allSatisfy { $0.pairs == 100 })
    #expect(manifest.files.map(\.pairsKept) == [loaded.count])
    try corpus.verify(threads: 2)
    try corpus.require(text.pipeline, in: "vocab")
  }

  /// The files depend on text and seed alone, not on memory, threads or compression.
  @Test func orderDependsOnTheSeedAlone() throws {
    let corpus = try text.prepare()
    let expected = try pairs(corpus)
    let other = try text.prepare("other") { ($0.threads, $0.memory) = (3, 3000) }
    #expect(try pairs(other) == expected)
    #expect(other.manifest.digest == corpus.manifest.digest)
    for shard in corpus.manifest.shards {
      #expect(
        FileManager.default.contentsEqual(
          atPath: text.folder("corpus/\(shard.file)"), andPath: text.folder("other/\(shard.file)")))
    }
    #expect(try pairs(text.prepare("compressed") { $0.isCompressed = true }) == expected)
    let seeded = try text.prepare("seeded") { $0.seed = 2 }
    #expect(try pairs(seeded) != expected)
    #expect(seeded.manifest.digest != corpus.manifest.digest)
  }

  @Test func compressionMakesFilesSmaller() throws {
    let sizes = try [false, true].map { isCompressed in
      try text.prepare("corpus-\(isCompressed)") { ($0.isCompressed, $0.shardSize) = (isCompressed, 1000) }
        .manifest.shards.reduce(0) { $0 + $1.bytes }
    }
    #expect(sizes[1] < sizes[0] * 9 / 10, "\(sizes)")
  }

  @Test func longPairsAreDropped() throws {
    let (loaded, corpus) = (try text.loaded(maxLength: 12), try text.prepare { $0.maxLength = 12 })
    #expect(loaded.count < loaded.report.pairsRead && corpus.count == loaded.count)
    #expect(corpus.manifest.report == "\(loaded.report)")
  }

  @Test func filesCanBeNamedTwiceAndHaveTags() throws {
    let tagged = try SampleText(pairs: 60, tag: "<2y>")
    var input = tagged.input
    input.tag = "<2y>"
    let corpus = try tagged.prepare("corpus", [input, tagged.input])
    let tag = try tagged.pipeline.vocabulary(.source).id(ofTag: "<2y>")
    let loaded = try tagged.loaded(files: [
      CorpusFiles(source: input.source, target: input.target, tag: tag),
      CorpusFiles(source: input.source, target: input.target),
    ])
    #expect(sorted(try pairs(corpus)) == sorted((0..<loaded.count).map { ids(loaded[$0]) }))
    #expect(try corpus.sample(step: 1).count { $0.source.first == tag } == loaded.count / 2)
    #expect(corpus.manifest.files.map(\.tag) == ["<2y>", nil])
    input.tag = "<2z>"
    #expect(throws: VocabularyError.self) { try tagged.prepare("other", [input]) }
  }

  @Test func otherVocabulariesAreRefused() throws {
    let (corpus, other) = (try text.prepare(), try SampleText(pairs: 50))
    #expect {
      try corpus.require(other.pipeline, in: "other")
    } throws: {
      "\($0)".contains("prepared with another vocabulary: line") && "\($0)".contains("'other/")
    }
  }

  /// Nothing of an interrupted preparation looks whole, and the next one removes it.
  @Test func interruptedPreparationStartsOver() throws {
    struct Stop: Error {}
    var options = CorpusPreparation.Options()
    options.shardSize = 100
    let folder = text.folder("corpus")
    for isWriting in [false, true] {
      #expect(throws: Stop.self) {
        try CorpusPreparation(text.pipeline, options: options).run([text.input], to: folder) { progress in
          if case .writing = progress { throw Stop() } else if !isWriting { throw Stop() }
        }
      }
      #expect {
        _ = try PreparedCorpus(folder: folder)
      } throws: { error in
        "\(error)".contains("is not a prepared corpus") && "\(error)".contains("run prepare-corpus again")
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(!names.contains("temporary"))
    }
    try text.prepare { $0.shardSize = 300 }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.filter { $0.hasSuffix(".pairs") }.count == 3)
    // A whole corpus is not replaced by accident.
    #expect(throws: CorpusShardError.present(folder: folder)) { try text.prepare() }
    try text.prepare { $0.replaces = true }
    try Data().write(to: URL(filePath: text.folder("corpus/notes.txt")))
    #expect(throws: CorpusShardError.otherFiles(folder: folder, name: "notes.txt")) {
      try text.prepare { $0.replaces = true }
    }
  }

  @Test func textWithoutPairsIsAnError() throws {
    #expect(throws: CorpusError.self) { try text.prepare { $0.maxLength = 1 } }
    #expect(throws: CorpusShardError.notPrepared(folder: text.folder("corpus"))) {
      _ = try PreparedCorpus(folder: text.folder("corpus"))
    }
  }
}
