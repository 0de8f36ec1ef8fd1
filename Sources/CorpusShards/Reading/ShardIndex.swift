import Files

/// The lengths of a shard's pairs, read without its ids.
struct ShardIndex: Sendable {
  let header: ShardHeader
  /// The number of source ids of each pair, without `</s>`.
  let sourceLengths: [UInt32]
  /// The same for the target.
  let targetLengths: [UInt32]
  /// Where each compressed block ends.
  let blockEnds: [Int]

  /// Reads the beginning of a shard, and checks it.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - shard: what the manifest says about it.
  /// - Throws: ``CorpusShardError`` if the file is missing, cut off, damaged, or another one.
  init(path: String, _ shard: CorpusManifest.Shard) throws(CorpusShardError) {
    let size = fileSize(path: path)
    guard size == shard.bytes || !fileExists(path) else {
      throw .damaged(path: path, found: "\(size) bytes", expected: "\(shard.bytes)")
    }
    var bytes: [UInt8] = []
    do {
      let source = try ByteSource(path: path, expectsText: false)
      try Self.read(source, upTo: ShardHeader.size, &bytes)
      header = try ShardHeader(bytes, path: path)
      let total = header.indexSize.addingReportingOverflow(header.idBytes)
      guard header.pairs == shard.pairs, !total.overflow, total.partialValue == size else {
        throw CorpusShardError.damaged(
          path: path, found: "\(header.pairs) pairs in \(size) bytes",
          expected: "\(shard.pairs) pairs in \(shard.bytes) bytes")
      }
      try Self.read(source, upTo: header.indexSize, &bytes)
    } catch let error as FileError {
      throw .file(error)
    } catch let error as CorpusShardError {
      throw error
    } catch {
      throw .damaged(path: path, found: "\(error)", expected: "a shard")
    }
    guard bytes.count >= header.indexSize else {
      throw .damaged(path: path, found: "its end", expected: "lengths of \(header.pairs) pairs")
    }
    bytes.removeLast(bytes.count - header.indexSize)
    let sum = digits(of: bytes)
    guard sum == shard.indexChecksum else {
      throw .damaged(path: path, found: "checksum \(sum) of its lengths", expected: shard.indexChecksum)
    }
    (sourceLengths, targetLengths, blockEnds) = Self.parse(bytes, header)
    try check(path)
  }

  private static func read(_ source: ByteSource, upTo count: Int, _ bytes: inout [UInt8]) throws(FileError) {
    var piece = [UInt8](repeating: 0, count: min(ByteSource.pieceSize, max(count, 4096)))
    while bytes.count < count, let read = try source.fill(&piece) { bytes += piece[..<read] }
  }

  private static func parse(_ bytes: [UInt8], _ header: ShardHeader) -> ([UInt32], [UInt32], [Int]) {
    let (width, pairs) = (header.bytesOfLength, header.pairs)
    func lengths(_ start: Int) -> [UInt32] {
      (0..<pairs).map { UInt32(truncatingIfNeeded: number(bytes, at: start + $0 * width, bytes: width)) }
    }
    let blocks = ShardHeader.size + 2 * pairs * width
    return (
      lengths(ShardHeader.size), lengths(ShardHeader.size + pairs * width),
      (0..<header.blocks).map { number(bytes, at: blocks + 8 * $0, bytes: 8) }
    )
  }

  /// Checks that lengths and blocks agree with the header, whatever the checksum says.
  private func check(_ path: String) throws(CorpusShardError) {
    let sums = (sourceLengths.reduce(0) { $0 + Int($1) }, targetLengths.reduce(0) { $0 + Int($1) })
    let isOrdered = zip([0] + blockEnds, blockEnds).allSatisfy { $0 <= $1 }
    let isWhole = header.pairsInBlock == nil || blockEnds.last == header.idBytes
    guard sums == (header.sourceIDs, header.targetIDs), isOrdered, isWhole, blockEnds.allSatisfy({ $0 >= 0 }),
      !sourceLengths.contains(0), !targetLengths.contains(0)
    else {
      throw .damaged(
        path: path, found: "lengths that contradict its header", expected: "what prepare-corpus wrote")
    }
  }
}
