public import Corpora
import Files
import Formatting
import Machine
public import Text

/// A folder that `prepare-corpus` wrote; only its manifest is in memory.
public struct PreparedCorpus: Sendable {
  /// The folder.
  public let folder: String
  /// What it holds.
  public let manifest: CorpusManifest
  /// The index of each shard's first pair in the corpus.
  let firstPairs: [Int]

  /// Reads the manifest.
  ///
  /// - Throws: ``CorpusShardError`` if there is none, it is of another version, or it contradicts itself.
  public init(folder: String) throws(CorpusShardError) {
    let path = "\(folder)/\(CorpusManifest.name)"
    guard fileExists(path) else { throw .notPrepared(folder: folder) }
    do {
      // The version first: other versions may have other keys.
      struct Version: Decodable {
        var formatVersion: Int
        private enum CodingKeys: String, CodingKey { case formatVersion = "format_version" }
      }
      let version = try readJSON(Version.self, path: path).formatVersion
      guard version == CorpusManifest.currentVersion else {
        throw CorpusShardError.version(path: path, found: version, expected: CorpusManifest.currentVersion)
      }
      manifest = try readJSON(path: path)
    } catch let error as FileError {
      throw .file(error)
    } catch let error as CorpusShardError {
      throw error
    } catch {
      throw .damaged(path: path, found: "\(error)", expected: "a manifest")
    }
    self.folder = folder
    guard let places = Self.firstPairs(manifest) else {
      throw .damaged(
        path: path, found: "contents that contradict each other", expected: "what prepare-corpus wrote")
    }
    firstPairs = places
  }

  /// The index of each shard's first pair; nil if the manifest contradicts itself.
  private static func firstPairs(_ manifest: CorpusManifest) -> [Int]? {
    guard manifest.digest == manifest.expectedDigest, !manifest.shards.isEmpty,
      manifest.shards.allSatisfy({ (1...Int(UInt32.max)).contains($0.pairs) && !$0.file.contains("/") })
    else { return nil }
    var (places, next) = ([Int](), 0)
    for shard in manifest.shards {
      places.append(next)
      next += shard.pairs
    }
    return next == manifest.pairs ? places : nil
  }

  /// The number of pairs.
  public var count: Int { manifest.pairs }

  /// Checks that the corpus was prepared with a vocabulary.
  ///
  /// - Parameters:
  ///   - pipeline: the vocabulary.
  ///   - folder: where it was read from, for the message.
  /// - Throws: ``CorpusShardError``, or `VocabularyError` if the corpus's own copy cannot be read.
  public func require(_ pipeline: TextPipeline, in folder: String) throws {
    let own = try TextPipeline(folder: self.folder)
    guard let difference = VocabularyDifference(pipeline, in: folder, from: own, in: self.folder) else {
      return
    }
    func words(_ line: VocabularyDifference.Line) -> String { line.text.map { "'\($0)'" } ?? "at its end" }
    throw CorpusShardError.vocabulary(
      folder: self.folder,
      difference:
        "line \(difference.number) of '\(difference.expected.path)' is \(words(difference.expected)), that of "
        + "'\(difference.given.path)' \(words(difference.given))")
  }

  /// Reads everything, and compares it with the manifest.
  ///
  /// - Parameters:
  ///   - threads: the number of threads.
  ///   - progress: called with the number of pairs checked so far.
  /// - Throws: ``CorpusShardError`` for the first shard that is damaged.
  public func verify(threads: Int, progress: (_ pairs: Int) throws -> Void = { _ in }) throws {
    for first in stride(from: 0, to: manifest.shards.count, by: threads) {
      let group = Array(first..<min(first + threads, manifest.shards.count))
      for (number, result) in zip(group, concurrentMap(group, threads: threads, check)) {
        try result.get()
        try progress(firstPairs[number] + manifest.shards[number].pairs)
      }
    }
  }

  private func check(_ number: Int) -> Result<Void, CorpusShardError> {
    Result { () throws(CorpusShardError) in _ = try open(number) }
  }

  /// Opens a shard by its number, from 0.
  func open(_ number: Int) throws(CorpusShardError) -> OpenShard {
    try OpenShard(
      path: path(number), manifest.shards[number],
      vocabularies: (manifest.sourceVocabulary, manifest.targetVocabulary))
  }

  /// Reads the lengths of a shard's pairs.
  func index(_ number: Int) throws(CorpusShardError) -> ShardIndex {
    try ShardIndex(path: path(number), manifest.shards[number])
  }

  private func path(_ number: Int) -> String { "\(folder)/\(manifest.shards[number].file)" }

  /// The number of pairs with a side of more tokens than a limit, `</s>` included.
  ///
  /// Reads lengths only if there may be any.
  public func countPairs(longerThan limit: Int) throws(CorpusShardError) -> Int {
    guard max(manifest.longestSource, manifest.longestTarget) + 1 > limit else { return 0 }
    var count = 0
    for number in manifest.shards.indices {
      let index = try index(number)
      count += zip(index.sourceLengths, index.targetLengths).count { Int(max($0, $1)) + 1 > limit }
    }
    return count
  }

  /// Some pairs of the corpus, evenly spread: every pair whose index is a multiple of `step`.
  ///
  /// - Throws: ``CorpusShardError`` if a shard is damaged.
  public func sample(step: Int) throws(CorpusShardError) -> [SentencePair] {
    var pairs: [SentencePair] = []
    for number in manifest.shards.indices {
      let shard = try open(number)
      let first = firstPairs[number]
      for index in stride(
        from: (first + step - 1) / step * step, to: first + manifest.shards[number].pairs, by: step)
      { pairs.append(shard.pair(index - first)) }
    }
    return pairs
  }
}

extension PreparedCorpus {
  /// Pairs, shards and size of a corpus, in words.
  public static func summary(_ manifest: CorpusManifest) -> String {
    let (pairs, bytes) = (manifest.pairs, manifest.shards.reduce(0) { $0 + $1.bytes })
    return "\(Readable.count(pairs)) pairs in \(Readable.count(manifest.shards.count)) shards of together "
      + "\(Readable.bytes(bytes)), \(Readable.decimal(Double(bytes) / Double(max(pairs, 1)), 1)) bytes a pair"
  }
}
