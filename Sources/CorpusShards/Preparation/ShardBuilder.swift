package import Files
import Machine
import Tokens

/// Collects the pairs of a shard, and writes it.
package struct ShardBuilder {
  /// How ids and lengths are stored.
  package struct Layout: Sendable {
    /// Whether ids have 4 bytes instead of 2, as those of large vocabularies do.
    var hasWideIDs: Bool
    /// Whether lengths have 4 bytes instead of 2.
    var hasWideLengths: Bool
    /// Pairs of a compressed block; nil: ids are not compressed.
    var pairsInBlock: Int?

    /// The layout for vocabularies and lengths.
    package init(vocabulary: Int, maxLength: Int, isCompressed: Bool) {
      (hasWideIDs, hasWideLengths) = (vocabulary > 1 << 16, maxLength >= 1 << 16)
      pairsInBlock = isCompressed ? 1024 : nil
    }

    var bytesOfID: Int { hasWideIDs ? 4 : 2 }
  }

  let layout: Layout
  private var sourceLengths: [UInt32] = []
  private var targetLengths: [UInt32] = []
  private var ids: [UInt8] = []

  /// A shard without pairs.
  package init(_ layout: Layout) { self.layout = layout }

  /// The number of pairs so far.
  package var count: Int { sourceLengths.count }

  /// Appends a pair, whose ids are bytes already.
  package mutating func append(sourceLength: Int, targetLength: Int, ids bytes: ArraySlice<UInt8>) {
    sourceLengths.append(UInt32(sourceLength))
    targetLengths.append(UInt32(targetLength))
    ids += bytes
  }

  /// Writes the shard whole or not at all, and begins another.
  ///
  /// - Parameters:
  ///   - folder: the folder of the corpus.
  ///   - name: the name of the file.
  ///   - threads: threads that compress.
  /// - Returns: its entry in the manifest.
  /// - Throws: `FileError` if it cannot be written.
  package mutating func write(to folder: String, name: String, threads: Int) throws(FileError)
    -> CorpusManifest.Shard
  {
    let (data, ends) = stored(threads: threads)
    let header = ShardHeader(
      pairs: count, sourceIDs: sourceLengths.reduce(0) { $0 + Int($1) },
      targetIDs: targetLengths.reduce(0) { $0 + Int($1) }, idBytes: data.count,
      hasWideIDs: layout.hasWideIDs, hasWideLengths: layout.hasWideLengths,
      pairsInBlock: layout.pairsInBlock)
    var index = header.bytes
    index.reserveCapacity(header.indexSize)
    for length in sourceLengths { CorpusShards.append(Int(length), bytes: header.bytesOfLength, to: &index) }
    for length in targetLengths { CorpusShards.append(Int(length), bytes: header.bytesOfLength, to: &index) }
    for end in ends { CorpusShards.append(end, bytes: 8, to: &index) }
    let file = try AtomicFile(path: "\(folder)/\(name)")
    try file.write(index)
    try file.write(data)
    try file.commit()
    self = ShardBuilder(layout)
    return CorpusManifest.Shard(
      file: name, pairs: header.pairs, sourceTokens: header.sourceIDs, targetTokens: header.targetIDs,
      bytes: index.count + data.count, indexChecksum: digits(of: index), idsChecksum: digits(of: data))
  }

  /// The ids as they are in the file, and the ends of compressed blocks.
  private func stored(threads: Int) -> (data: [UInt8], ends: [Int]) {
    guard let size = layout.pairsInBlock else { return (ids, []) }
    var ranges: [Range<Int>] = []
    var start = 0
    for first in stride(from: 0, to: count, by: size) {
      let pairs = first..<min(first + size, count)
      let tokens = pairs.reduce(0) { $0 + Int(sourceLengths[$1]) + Int(targetLengths[$1]) }
      ranges.append(start..<start + tokens * layout.bytesOfID)
      start += tokens * layout.bytesOfID
    }
    let blocks = concurrentMap(ranges, threads: threads) { [ids, layout] in
      BlockCompression.compressed(ids[$0], width: layout.bytesOfID)
    }
    var end = 0
    let ends = blocks.map { block in
      end += block.count
      return end
    }
    return (Array(blocks.joined()), ends)
  }
}
