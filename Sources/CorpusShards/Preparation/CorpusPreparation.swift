import Corpora
import Files
import Formatting
import Machine
public import Text
import Tokens

/// Turns aligned text into a prepared corpus: shards of token ids in random order, in bounded memory.
///
/// The text is read once. Pairs are encoded on all threads, dealt into temporary files, sorted there, and written as
/// shards. The manifest comes last, so that an interrupted preparation leaves no folder that looks whole.
public struct CorpusPreparation: Sendable {
  /// A pair of text files.
  public struct Input: Sendable {
    /// The path of the source side, plain or gzip; `-` is standard input.
    public var source: String
    /// The path of the target side.
    public var target: String
    /// The tag to put before each source line; nil if lines have their own tags, or none.
    public var tag: String?

    /// A pair of text files.
    public init(source: String, target: String, tag: String? = nil) {
      (self.source, self.target, self.tag) = (source, target, tag)
    }
  }

  /// How a corpus is prepared.
  public struct Options: Sendable {
    /// Pairs with more subwords on either side are dropped; 1 to 1,048,576.
    public var maxLength = 256
    /// Pairs whose target does not fit into so many positions for each source token are dropped; nil: none.
    public var upsampling: Int?
    /// Decides the order of all pairs.
    public var seed: UInt64 = 1
    /// Pairs of a shard.
    public var shardSize = 100_000
    /// The memory for sorting, in bytes, besides that of a shard, 64 MiB to write temporary files, and what encoding
    /// needs.
    public var memory = 512 << 20
    /// Whether ids are compressed.
    public var isCompressed = false
    /// The number of threads, which does not change the result.
    public var threads = 1
    /// Whether a prepared corpus in the folder is replaced.
    public var replaces = false

    /// The default options, for one thread.
    public init() {}
  }

  /// What a preparation does at the moment.
  public enum Progress: Sendable, Equatable {
    /// Text is read and encoded: so many pairs so far.
    case reading(pairs: Int)
    /// Shards are written: so many pairs so far.
    case writing(pairs: Int, of: Int)
  }

  private let pipeline: TextPipeline
  private let options: Options

  /// A preparation with a vocabulary.
  public init(_ pipeline: TextPipeline, options: Options) {
    (self.pipeline, self.options) = (pipeline, options)
  }

  /// Prepares a corpus.
  ///
  /// - Parameters:
  ///   - inputs: the text, at least one pair of files.
  ///   - folder: the folder to write, which is created.
  ///   - progress: called from time to time; what it throws ends the preparation.
  /// - Returns: what was written.
  /// - Throws: `CorpusError` for the text; ``CorpusShardError`` for the folder; `VocabularyError` for an unknown tag.
  public func run(
    _ inputs: [Input], to folder: String, progress: (Progress) throws -> Void = { _ in }
  ) throws -> CorpusManifest {
    let files = try inputs.map { input in
      CorpusFiles(
        source: input.source, target: input.target,
        tag: try input.tag.map { tag throws(VocabularyError) in
          try pipeline.vocabulary(.source).id(ofTag: tag)
        })
    }
    let paths = files.flatMap { [$0.source, $0.target] }
    guard paths.count(where: { $0 == "-" }) < 2 else { throw CorpusError.standardInputTwice }
    let output = try CorpusFolder(path: folder, replaces: options.replaces)
    defer { output.removeTemporaryFiles() }
    try pipeline.write(to: folder)
    let layout = ShardBuilder.Layout(
      vocabulary: max(pipeline.vocabularySize(.source), pipeline.vocabularySize(.target)),
      maxLength: options.maxLength, isCompressed: options.isCompressed)
    var shuffle = try ExternalShuffle(
      in: output.temporary, width: layout.bytesOfID, memory: options.memory, threads: options.threads)
    let text = try read(files, into: shuffle, layout, progress)
    guard text.report.pairsKept > 0 else {
      throw CorpusError.nothingLeft(sources: files.map(\.source), report: text.report)
    }
    var manifest = self.manifest(inputs, text)
    manifest.shards = try write(&shuffle, to: folder, ShardBuilder(layout), of: manifest.pairs, progress)
    manifest.digest = manifest.expectedDigest
    try writeJSON(manifest, path: "\(folder)/\(CorpusManifest.name)")
    return manifest
  }

  /// What was found in the text.
  private struct Text {
    var report = CorpusReport()
    /// Pairs read and kept of each pair of files.
    var parts: [(read: Int, kept: Int)] = []
    var longest = (source: 0, target: 0)
  }

  private func read(
    _ files: [CorpusFiles], into shuffle: ExternalShuffle, _ layout: ShardBuilder.Layout,
    _ progress: (Progress) throws -> Void
  ) throws -> Text {
    var text = Text()
    for (number, item) in files.enumerated() {
      let before = text.report
      let encoder = encoder(item)
      var reader = try AlignedReader(source: item.source, target: item.target)
      while true {
        let chunks = try reader.nextChunks(options.threads * 4)
        guard !chunks.isEmpty else { break }
        let encoded = concurrentMap(chunks, threads: options.threads) { chunk in
          EncodedChunk(
            encoder.encode(chunk), chunk, file: number, options.seed, layout, pipeline.specialTokens.unknown)
        }
        for chunk in encoded {
          try shuffle.append(chunk.records)
          text.report.append(chunk.report)
          text.longest.source = max(text.longest.source, chunk.longest.source)
          text.longest.target = max(text.longest.target, chunk.longest.target)
        }
        try progress(.reading(pairs: text.report.pairsRead))
      }
      text.parts.append(
        (text.report.pairsRead - before.pairsRead, text.report.pairsKept - before.pairsKept))
    }
    return text
  }

  /// Applies the rules of training to a pair of files.
  private func encoder(_ files: CorpusFiles) -> PairEncoder {
    var rules = CorpusOptions()
    (rules.maxLength, rules.upsampling) = (options.maxLength, options.upsampling)
    (rules.specialTokens, rules.endsSource) = (pipeline.specialTokens, pipeline.settings.endsSource)
    return PairEncoder(
      options: rules, tag: files.tag,
      encodeSource: { [pipeline] line, tag in
        EncodedWords(ids: pipeline.encode(line, side: .source, tag: tag.map { .given($0) } ?? .own).ids)
      },
      encodeTarget: { [pipeline] line in EncodedWords(ids: pipeline.encode(line, side: .target).ids) },
      beginsWithTag: { [pipeline] line in pipeline.vocabulary(.source).cutTag(off: line).tag != nil })
  }

  private func write(
    _ shuffle: inout ExternalShuffle, to folder: String, _ empty: ShardBuilder, of pairs: Int,
    _ progress: (Progress) throws -> Void
  ) throws -> [CorpusManifest.Shard] {
    var (shards, builder, done) = ([CorpusManifest.Shard](), empty, 0)
    func close() throws {
      let number = String(shards.count + 1)
      let name = "shard-" + String(repeating: "0", count: max(0, 5 - number.count)) + number
      done += builder.count
      shards.append(try builder.write(to: folder, name: name + ".pairs", threads: options.threads))
      try progress(.writing(pairs: done, of: pairs))
    }
    try shuffle.forEach { source, target, ids in
      builder.append(sourceLength: source, targetLength: target, ids: ids)
      if builder.count == options.shardSize { try close() }
    }
    if builder.count > 0 { try close() }
    return shards
  }

  private func manifest(_ inputs: [Input], _ text: Text) -> CorpusManifest {
    CorpusManifest(
      formatVersion: CorpusManifest.currentVersion, version: packageVersion,
      options: CorpusManifest.Options(
        maxLength: options.maxLength, upsampling: options.upsampling, seed: options.seed,
        shardSize: options.shardSize, isCompressed: options.isCompressed),
      sourceVocabulary: pipeline.vocabularySize(.source), targetVocabulary: pipeline.vocabularySize(.target),
      specialTokens: CorpusManifest.Special(pipeline.specialTokens), endsSource: pipeline.settings.endsSource,
      files: zip(inputs, text.parts).map { input, part in
        CorpusManifest.TextFiles(
          source: input.source, target: input.target, tag: input.tag, pairsRead: part.read,
          pairsKept: part.kept)
      },
      report: text.report.description, pairs: text.report.pairsKept, sourceTokens: text.report.sourceTokens,
      targetTokens: text.report.targetTokens, longestSource: text.longest.source,
      longestTarget: text.longest.target, shards: [], digest: "")
  }
}

/// The pairs of a chunk of lines that passed, as records.
private struct EncodedChunk: Sendable {
  var records = PairRecords()
  var report: CorpusReport
  var longest = (source: 0, target: 0)

  init(
    _ encoded: PairEncoder.Encoded, _ chunk: AlignedReader.Chunk, file: Int, _ seed: UInt64,
    _ layout: ShardBuilder.Layout, _ unknown: TokenID
  ) {
    report = encoded.report
    // Pairs of a chunk are numbered without those that were dropped: places need only differ.
    for (index, pair) in encoded.pairs.enumerated() {
      records.append(
        key: ExternalShuffle.key(seed: seed, file: file, line: chunk.firstLine + index), source: pair.source,
        target: pair.target, width: layout.bytesOfID)
      report.count(source: pair.source[...], target: pair.target[...], unknown: unknown)
      longest.source = max(longest.source, pair.source.count)
      longest.target = max(longest.target, pair.target.count)
    }
  }
}
