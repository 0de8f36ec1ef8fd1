import Corpora
import CorpusShards
import Foundation
import TestSupport
import Testing
import Tokens

/// Batches of a prepared corpus beside a naive reference.
@Suite struct StreamedBatchesTests {
  private let text: SampleText
  private let corpus: PreparedCorpus

  init() throws {
    text = try SampleText(pairs: 730)
    corpus = try text.prepare { $0.isCompressed = true }
  }

  private static func options(window: Int = 250, seed: UInt64 = 1, threads: Int = 1)
    -> StreamedBatches.Options
  {
    var options = StreamedBatches.Options()
    (options.batchTokens, options.windowPairs, options.seed, options.threads) = (200, window, seed, threads)
    return options
  }

  private func batches(
    _ corpus: PreparedCorpus? = nil, epoch: Int = 1, _ options: StreamedBatches.Options = options(),
    from first: Int = 0
  ) throws -> [Batch] {
    var stream = StreamedBatches(corpus ?? self.corpus, epoch: epoch, options: options)
    var (batches, index) = ([Batch](), first)
    while try stream.prepare(index) {
      while stream.ready.contains(index) {
        batches.append(stream.makeBatch(index))
        index += 1
      }
    }
    return batches
  }

  /// Shuffles shards, takes windows, shuffles their pairs, sorts, cuts, and shuffles the batches, all in memory.
  private func reference(epoch: Int, _ options: StreamedBatches.Options) throws -> [[Int]] {
    let all = try corpus.sample(step: 1)
    let shards = corpus.manifest.shards
    let firsts = shards.indices.map { shards[..<$0].reduce(0) { $0 + $1.pairs } }
    var numbers = Array(shards.indices)
    var order = SeededOrder(seed: options.seed, stream: StreamedBatches.stream(epoch, 0))
    order.shuffle(&numbers)
    var (batches, window) = ([[Int]](), 0)
    while !numbers.isEmpty {
      var chosen = [numbers.removeFirst()]
      while let next = numbers.first,
        (chosen + [next]).reduce(0, { $0 + shards[$1].pairs }) <= options.windowPairs
      {
        chosen.append(numbers.removeFirst())
      }
      window += 1
      var order = SeededOrder(seed: options.seed, stream: StreamedBatches.stream(epoch, window))
      var pairs = chosen.flatMap { firsts[$0]..<firsts[$0] + shards[$0].pairs }
      order.shuffle(&pairs)
      let lengths = pairs.enumerated().map { place, pair in
        (all[pair].target.count + 1, all[pair].source.count + 1, place)
      }.sorted { $0 < $1 }
      var cut: [[Int]] = []
      for (target, source, place) in lengths {
        let next = (cut.last ?? []) + [pairs[place]]
        let longest = next.map { max(all[$0].source.count, all[$0].target.count) + 1 }.max() ?? 0
        if cut.isEmpty || longest * next.count > options.batchTokens {
          cut.append([pairs[place]])
        } else {
          cut[cut.count - 1] = next
        }
        #expect(max(target, source) > 1)
      }
      order.shuffle(&cut)
      batches += cut
    }
    return batches
  }

  @Test(arguments: [1, 2, 7], [1, 100, 250, 100_000])
  func batchesAreThoseOfTheReference(epoch: Int, window: Int) throws {
    let options = Self.options(window: window)
    let found = try batches(epoch: epoch, options)
    #expect(try found.map(\.pairs) == reference(epoch: epoch, options))
    #expect(found.flatMap(\.pairs).sorted() == Array(0..<corpus.count))
    let all = try corpus.sample(step: 1)
    let end = corpus.manifest.specialTokens.tokens.end
    for batch in found {
      for (row, pair) in batch.pairs.enumerated() {
        #expect(Array(batch.source[sentence: row]) == Array(all[pair].source) + [end])
        #expect(Array(batch.target[sentence: row]) == Array(all[pair].target) + [end])
      }
    }
  }

  /// With a window for everything, the batches have the sizes of those of a corpus in memory.
  @Test func sizesAreThoseOfACorpusInMemory() throws {
    let loaded = try text.loaded()
    let batcher = Batcher(loaded, batchTokens: 200, seed: 1)
    let found = try batches(Self.options(window: 100_000)).map(\.pairs.count).sorted()
    #expect(found == batcher.batches(epoch: 1).map(\.count).sorted())
  }

  private func batches(_ options: StreamedBatches.Options) throws -> [Batch] { try batches(nil, options) }

  @Test func orderDependsOnSeedAndEpochAlone() throws {
    let expected = try batches()
    #expect(try batches(Self.options(threads: 3)) == expected)
    let plain = try text.prepare("plain") { ($0.threads, $0.isCompressed) = (2, false) }
    #expect(try batches(plain) == expected)
    #expect(try batches(epoch: 2) != expected)
    #expect(try batches(Self.options(seed: 2)) != expected)
  }

  /// From any batch on, the epoch is the same; the windows before are counted from lengths.
  @Test func anyBatchCanComeFirst() throws {
    let all = try batches()
    for first in stride(from: 0, through: all.count, by: 5) {
      #expect(try batches(Self.options(threads: first % 3 + 1), from: first) == Array(all[first...]))
    }
    #expect(try batches(from: all.count).isEmpty)
    #expect(try batches(from: all.count + 100).isEmpty)
  }

  private func batches(_ options: StreamedBatches.Options, from first: Int) throws -> [Batch] {
    try batches(nil, options, from: first)
  }

  /// A run may return to an earlier batch, or ask again after the end.
  @Test func placesCanBeAskedForInAnyOrder() throws {
    let all = try batches()
    var stream = StreamedBatches(corpus, epoch: 1, options: Self.options())
    for index in [all.count - 1, 0, all.count / 2, 3, all.count - 1] {
      #expect(try stream.prepare(index) && stream.ready.contains(index))
      #expect(stream.makeBatch(index) == all[index])
    }
    #expect(try !stream.prepare(all.count))
    #expect(try !stream.prepare(all.count))
    #expect(try stream.prepare(0))
    #expect(stream.makeBatch(0) == all[0])
  }

  @Test func windowsHoldABoundedNumberOfPairs() throws {
    var stream = StreamedBatches(corpus, epoch: 1, options: Self.options(window: 250))
    var (index, windows) = (0, 0)
    while try stream.prepare(index) {
      let pairs = stream.ready.reduce(0) { $0 + stream.makeBatch($1).count }
      #expect(pairs <= 250)
      (index, windows) = (stream.ready.upperBound, windows + 1)
    }
    #expect(windows == 4)
  }

  @Test func transformsKnowTheIndexInTheCorpus() throws {
    var stream = StreamedBatches(corpus, epoch: 1, options: Self.options()) { pair, index in
      SentencePair(source: [TokenID(index % 7 + 4)], target: pair.target)
    }
    #expect(try stream.prepare(0))
    let batch = stream.makeBatch(0)
    for (row, pair) in batch.pairs.enumerated() {
      #expect(batch.source[sentence: row].first == TokenID(pair % 7 + 4))
    }
  }

  @Test func longPairsAreCounted() throws {
    let all = try corpus.sample(step: 1)
    for limit in [1, 10, 20, 1000] {
      #expect(
        try corpus.countPairs(longerThan: limit)
          == all.count { max($0.source.count, $0.target.count) + 1 > limit })
    }
    #expect(
      try corpus.sample(step: 10).map(ids) == stride(from: 0, to: all.count, by: 10).map { ids(all[$0]) })
  }

  /// A file that is damaged, missing or another one ends the epoch with an error that names it.
  @Test func damagedShardsAreNamed() throws {
    let name = corpus.manifest.shards[2].file
    let path = text.folder("corpus/\(name)")
    let whole = try Data(contentsOf: URL(filePath: path))
    var flipped = whole
    flipped[whole.count - 3] ^= 4
    let other = try Data(contentsOf: URL(filePath: text.folder("corpus/\(corpus.manifest.shards[1].file)")))
    for contents in [flipped, whole.prefix(whole.count / 2), Data(), other, nil] {
      try contents?.write(to: URL(filePath: path))
      if contents == nil { try FileManager.default.removeItem(atPath: path) }
      for work in [{ _ = try batches() }, { try corpus.verify(threads: 2) }] {
        #expect { try work() } throws: { "\($0)".contains(name) }
      }
    }
  }

  @Test func manifestsAreChecked() throws {
    let path = text.folder("corpus/corpus.json")
    let whole = try String(contentsOfFile: path, encoding: .utf8)
    func expectRefusal(_ contents: String, _ words: String) throws {
      try contents.write(toFile: path, atomically: true, encoding: .utf8)
      #expect { _ = try PreparedCorpus(folder: text.folder("corpus")) } throws: { "\($0)".contains(words) }
    }
    try expectRefusal(whole.replacing("\"format_version\" : 1", with: "\"format_version\" : 2"), "version 2")
    try expectRefusal(whole.replacing("\"pairs\" : 100", with: "\"pairs\" : 99"), "contradict")
    try expectRefusal(String(whole.prefix(400)), "corpus.json")
    try expectRefusal(whole.replacing("shard-00001.pairs", with: "../x.pairs"), "contradict")
    try whole.write(toFile: path, atomically: true, encoding: .utf8)
    _ = try PreparedCorpus(folder: text.folder("corpus"))
  }
}
