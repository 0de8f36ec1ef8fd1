package import Corpora
import Files
import Tokens

/// A shard whose ids can be read: mapped, or decompressed in memory.
package struct OpenShard: Sendable {
  /// Where ids are.
  private enum IDs: Sendable {
    /// In the file, from a place on.
    case mapped(FileContents, start: Int)
    case memory([UInt8])
  }

  let index: ShardIndex
  private let ids: IDs
  private let width: Int
  /// Where the ids of each pair begin.
  private let starts: [Int]

  /// Opens a shard, and checks all of it.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - shard: what the manifest says about it.
  ///   - vocabularies: sizes of the source and the target vocabulary.
  /// - Throws: ``CorpusShardError`` if the file is missing, cut off, damaged, or another one.
  package init(path: String, _ shard: CorpusManifest.Shard, vocabularies: (source: Int, target: Int))
    throws(CorpusShardError)
  {
    let index = try ShardIndex(path: path, shard)
    let contents: FileContents
    do { contents = try FileContents(path: path) } catch { throw .file(error) }
    guard contents.count == shard.bytes else {
      throw .damaged(path: path, found: "\(contents.count) bytes", expected: "\(shard.bytes)")
    }
    var sum = Checksum()
    let start = index.header.indexSize
    unsafe sum.add(
      UnsafeRawBufferPointer(start: contents.start + start, count: contents.count - start).bytes)
    guard sum.digits == shard.idsChecksum else {
      throw .damaged(path: path, found: "checksum \(sum.digits) of its ids", expected: shard.idsChecksum)
    }
    (self.index, width) = (index, index.header.bytesOfID)
    var (places, place) = ([Int](), 0)
    places.reserveCapacity(index.header.pairs)
    for (source, target) in zip(index.sourceLengths, index.targetLengths) {
      places.append(place)
      place += Int(source) + Int(target)
    }
    starts = places
    if index.header.pairsInBlock != nil {
      ids = .memory(try Self.decompressed(contents, index, starts, path))
    } else {
      ids = .mapped(contents, start: start)
    }
    try check(vocabularies, path)
  }

  private static func decompressed(
    _ contents: FileContents, _ index: ShardIndex, _ starts: [Int], _ path: String
  ) throws(CorpusShardError) -> [UInt8] {
    let (header, width) = (index.header, index.header.bytesOfID)
    let size = header.pairsInBlock ?? header.pairs
    let total = header.sourceIDs + header.targetIDs
    // zlib makes at most about a thousand bytes of one.
    guard total * width <= header.idBytes * 1100 + 4096 else {
      throw .damaged(path: path, found: "\(total) ids in \(header.idBytes) bytes", expected: "fewer")
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(total * width)
    var begin = 0
    for (block, end) in index.blockEnds.enumerated() {
      let next = (block + 1) * size < header.pairs ? starts[(block + 1) * size] : total
      let compressed = unsafe Array(
        UnsafeRawBufferPointer(start: contents.start + header.indexSize + begin, count: end - begin))
      guard
        let ids = BlockCompression.decompressed(compressed, count: next - starts[block * size], width: width)
      else {
        throw .damaged(path: path, found: "compressed ids that do not fit", expected: "block \(block + 1)")
      }
      bytes += ids
      begin = end
    }
    return bytes
  }

  /// Checks that all ids are in the vocabularies, whatever the checksum says.
  private func check(_ vocabularies: (source: Int, target: Int), _ path: String) throws(CorpusShardError) {
    for pair in 0..<index.header.pairs {
      let (source, target) = (Int(index.sourceLengths[pair]), Int(index.targetLengths[pair]))
      let most = withIDs { ids in
        (
          greatest(of: ids, from: starts[pair], count: source),
          greatest(of: ids, from: starts[pair] + source, count: target)
        )
      }
      guard most.0 < vocabularies.source, most.1 < vocabularies.target else {
        throw .damaged(
          path: path, found: "an id of \(max(most.0, most.1)) in pair \(pair + 1)",
          expected: "ids of vocabularies of \(vocabularies.source) and \(vocabularies.target)")
      }
    }
  }

  /// A pair by its index in the shard.
  package func pair(_ index: Int) -> SentencePair {
    let (source, target) = (Int(self.index.sourceLengths[index]), Int(self.index.targetLengths[index]))
    return withIDs { bytes in
      SentencePair(
        source: tokens(bytes, from: starts[index], count: source)[...],
        target: tokens(bytes, from: starts[index] + source, count: target)[...])
    }
  }

  private func withIDs<Result>(_ body: (RawSpan) -> Result) -> Result {
    switch ids {
    case .mapped(let contents, let start):
      let bytes = unsafe UnsafeRawBufferPointer(
        start: contents.start + start, count: contents.count - start)
      return withExtendedLifetime(contents) { body(unsafe bytes.bytes) }
    case .memory(let bytes): return body(unsafe bytes.span.bytes)
    }
  }

  private func tokens(_ bytes: RawSpan, from start: Int, count: Int) -> [TokenID] {
    (start..<start + count).map { id(bytes, $0) }
  }

  private func greatest(of bytes: RawSpan, from start: Int, count: Int) -> Int {
    var greatest = 0
    for place in start..<start + count { greatest = max(greatest, Int(UInt32(bitPattern: id(bytes, place)))) }
    return greatest
  }

  @inline(__always)
  private func id(_ bytes: RawSpan, _ place: Int) -> TokenID {
    if width == 2 {
      return TokenID(
        UInt16(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place * 2, as: UInt16.self)))
    }
    return TokenID(
      littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place * 4, as: TokenID.self))
  }
}
