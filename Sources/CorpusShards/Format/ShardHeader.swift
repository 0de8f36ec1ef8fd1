import Files

/// The first 48 bytes of a shard, and what follows from them.
///
/// All numbers are little-endian.
///
///     0   8  "pairshrd"
///     8   4  version of the format
///     12  4  flags: 1 ids have 4 bytes instead of 2, 2 lengths have 4 bytes instead of 2, 4 ids are compressed
///     16  4  pairs
///     20  4  pairs of a block, if ids are compressed
///     24  8  source ids of all pairs
///     32  8  target ids of all pairs
///     40  8  bytes of ids in the file
///
/// The length of each source sentence follows, that of each target sentence, and where each compressed block ends
/// (8 bytes, counted from the first block). The ids come last: for each pair, those of the source, then those of the
/// target.
struct ShardHeader: Equatable {
  static let size = 48
  static let magic = Array("pairshrd".utf8)

  var pairs: Int
  var sourceIDs: Int
  var targetIDs: Int
  /// Bytes of ids in the file.
  var idBytes: Int
  /// Whether ids and lengths have 4 bytes instead of 2.
  var hasWideIDs: Bool
  var hasWideLengths: Bool
  /// Pairs of a compressed block; nil if ids are not compressed.
  var pairsInBlock: Int?

  var bytesOfID: Int { hasWideIDs ? 4 : 2 }
  var bytesOfLength: Int { hasWideLengths ? 4 : 2 }
  /// The number of blocks; 0 if ids are not compressed.
  var blocks: Int { pairsInBlock.map { (pairs + $0 - 1) / $0 } ?? 0 }
  /// Bytes of the header and everything before the ids.
  var indexSize: Int { Self.size + 2 * pairs * bytesOfLength + 8 * blocks }

  /// The header as it is in the file.
  var bytes: [UInt8] {
    var bytes = Self.magic
    let flags = (hasWideIDs ? 1 : 0) | (hasWideLengths ? 2 : 0) | (pairsInBlock == nil ? 0 : 4)
    for number in [CorpusManifest.currentVersion, flags, pairs, pairsInBlock ?? 0] {
      append(number, bytes: 4, to: &bytes)
    }
    for number in [sourceIDs, targetIDs, idBytes] { append(number, bytes: 8, to: &bytes) }
    return bytes
  }

  /// Reads a header.
  ///
  /// - Parameters:
  ///   - bytes: at least ``size`` bytes.
  ///   - path: the file, for messages.
  /// - Throws: ``CorpusShardError`` if it is of another format or version, or contradicts itself.
  init(_ bytes: [UInt8], path: String) throws(CorpusShardError) {
    guard bytes.count >= Self.size, bytes.starts(with: Self.magic) else {
      throw .damaged(path: path, found: "another beginning", expected: "a shard of a prepared corpus")
    }
    let version = number(bytes, at: 8, bytes: 4)
    guard version == CorpusManifest.currentVersion else {
      throw .version(path: path, found: version, expected: CorpusManifest.currentVersion)
    }
    let flags = number(bytes, at: 12, bytes: 4)
    (hasWideIDs, hasWideLengths) = (flags & 1 != 0, flags & 2 != 0)
    let block = number(bytes, at: 20, bytes: 4)
    (pairs, pairsInBlock) = (number(bytes, at: 16, bytes: 4), flags & 4 == 0 ? nil : block)
    sourceIDs = number(bytes, at: 24, bytes: 8)
    targetIDs = number(bytes, at: 32, bytes: 8)
    idBytes = number(bytes, at: 40, bytes: 8)
    let isPossible =
      flags < 8 && pairs > 0 && (pairsInBlock ?? 1) > 0
      && [sourceIDs, targetIDs, idBytes].allSatisfy { (0..<1 << 48).contains($0) }
      && (pairsInBlock != nil || idBytes == (sourceIDs + targetIDs) * bytesOfID)
    guard isPossible else {
      throw .damaged(
        path: path, found: "a header that contradicts itself", expected: "what prepare-corpus wrote")
    }
  }

  init(
    pairs: Int, sourceIDs: Int, targetIDs: Int, idBytes: Int, hasWideIDs: Bool, hasWideLengths: Bool,
    pairsInBlock: Int?
  ) {
    (self.pairs, self.sourceIDs, self.targetIDs, self.idBytes) = (pairs, sourceIDs, targetIDs, idBytes)
    (self.hasWideIDs, self.hasWideLengths) = (hasWideIDs, hasWideLengths)
    self.pairsInBlock = pairsInBlock
  }
}

/// Appends a number, its lowest byte first.
func append(_ number: Int, bytes count: Int, to bytes: inout [UInt8]) {
  for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * place))) }
}

/// The number of so many bytes, its lowest byte first; one that does not fit is cut off.
func number(_ bytes: [UInt8], at start: Int, bytes count: Int) -> Int {
  var number = 0
  for place in (0..<count).reversed() { number = number << 8 | Int(bytes[start + place]) }
  return number
}
