import Corpora
import CorpusShards
import Formatting
import Text
import Training

/// A prepared corpus as training text.
struct PreparedText {
  let corpus: PreparedCorpus
  private let options: StreamedBatches.Options

  /// Opens a corpus; nil if the training has text instead.
  ///
  /// - Parameters:
  ///   - settings: of the training.
  ///   - room: positions per source token; see `CorpusOptions.upsampling`.
  /// - Throws: `CorpusShardError`, or ``TrainingRequestError`` if it has pairs that the training would drop.
  init?(_ settings: CorporaSettings, room: Int?) throws {
    guard let prepared = settings.prepared else { return nil }
    corpus = try PreparedCorpus(folder: prepared.folder)
    var options = StreamedBatches.Options()
    (options.batchTokens, options.windowPairs) = (settings.batchTokens, prepared.windowPairs)
    (options.seed, options.threads) = (settings.seed, settings.threads)
    self.options = options
    try require(settings, room)
  }

  private func require(_ settings: CorporaSettings, _ room: Int?) throws(TrainingRequestError) {
    let (manifest, folder) = (corpus.manifest, corpus.folder)
    let longest = max(manifest.longestSource, manifest.longestTarget)
    guard longest <= settings.maxLength else {
      throw .conflict(
        "'\(folder)' has sentences of \(longest) subwords, and '--max-length' is \(settings.maxLength); give "
          + "'--max-length \(longest)', or prepare the corpus again with '--max-length \(settings.maxLength)'"
      )
    }
    guard let room, manifest.options.upsampling ?? .max > room else { return }
    throw .conflict(
      "'\(folder)' may have pairs whose target does not fit into the \(room) positions that the model makes of a source "
        + "token; prepare the corpus again with '--upsampling \(room)'")
  }

  /// What identifies the pairs.
  var checksum: UInt64 { UInt64(corpus.manifest.digest, radix: 16) ?? 0 }

  /// Target tokens of an epoch, `</s>` included.
  var targetTokensOfEpoch: Int { corpus.manifest.targetTokens + corpus.count }

  /// The lengths of the longest source and the longest target sentence, not counting `</s>`.
  var longestSides: (source: Int, target: Int) {
    (corpus.manifest.longestSource, corpus.manifest.longestTarget)
  }

  /// Memory of a window of pairs.
  var byteCount: Int { StreamedBatches.memory(corpus.manifest, options: options) }

  /// The number of pairs that are longer than a batch should be.
  func oversizedPairs() throws -> Int { try corpus.countPairs(longerThan: options.batchTokens) }

  /// How pairs are mixed, for the fingerprint of a run.
  var mixing: String { "mixed in windows of \(options.windowPairs) pairs" }

  /// A line for the corpus, and one on how it is read.
  var report: (corpus: String, parts: [String]) {
    let pairs = StreamedBatches.pairsOfWindow(corpus.manifest, options)
    return (
      "'\(corpus.folder)': \(PreparedCorpus.summary(corpus.manifest)); \(corpus.manifest.report)",
      [
        "  streamed: \(Readable.count(pairs)) pairs in memory at a time, \(Readable.bytes(byteCount)) with their order"
      ]
    )
  }

  /// The batches of an epoch.
  func batches(epoch: Int, transform: PairTransform?) -> any EpochBatches {
    StreamedBatches(corpus, epoch: epoch, options: options, transform: transform)
  }
}
