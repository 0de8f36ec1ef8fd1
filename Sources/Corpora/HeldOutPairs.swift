internal import Files
import RandomNumbers

/// Pairs of a corpus that are held out for validation and never trained on.
///
/// The choice depends only on the seed and the source lines: those with the smallest hashes are held out. If a source
/// line occurs in several pairs, all of them are held out, and the first one is used for validation. A line that occurs
/// in so many pairs that too few would be left to train on is not held out.
public struct HeldOutPairs: Sendable, Equatable {
  /// The pairs, in the order of the files.
  public private(set) var pairs: [(source: [UInt8], target: [UInt8])] = []
  /// For each pair of files, the line numbers to leave out of training, counted from 1.
  public private(set) var lines: [Set<Int>] = []
  /// The number of line pairs in all files.
  public private(set) var pairsRead = 0

  /// Chooses pairs of line-aligned files.
  ///
  /// - Parameters:
  ///   - sourceFiles: paths of files that can be read more than once.
  ///   - targetFiles: as many paths.
  ///   - seed: determines which pairs are held out.
  ///   - count: the number of pairs to hold out, given the number of usable pairs.
  ///   - limit: the most pairs to leave out of training, given the number of all pairs.
  ///   - progress: called repeatedly with the number of pairs read so far.
  /// - Throws: ``CorpusError`` if files are missing, damaged or not aligned.
  public init(
    sourceFiles: [String], targetFiles: [String], seed: UInt64, count: (_ pairs: Int) -> Int,
    limit: (_ pairs: Int) -> Int = { $0 }, progress: (_ pairs: Int) -> Void = { _ in }
  ) throws(CorpusError) {
    guard sourceFiles.count == targetFiles.count else {
      throw .fileCounts(sources: sourceFiles.count, targets: targetFiles.count)
    }
    var candidates = Candidates(capacity: Self.maximum)
    for (file, (source, target)) in zip(sourceFiles, targetFiles).enumerated() {
      var reader = try AlignedReader(source: source, target: target)
      while let chunk = try reader.nextChunks(1).first {
        for index in 0..<chunk.source.count {
          candidates.add(chunk, index, file: file, hash: Self.hash(chunk.source[index], seed: seed))
        }
        pairsRead += chunk.source.count
        progress(pairsRead)
      }
    }
    let chosen = candidates.smallest(
      max(0, min(count(candidates.usable), Self.maximum)), places: limit(pairsRead))
    pairs = chosen.compactMap(\.pair)
    lines = sourceFiles.indices.map { file in
      Set(chosen.flatMap(\.places).filter { $0.file == file }.map(\.line))
    }
  }

  /// The largest number of pairs to hold out.
  public static let maximum = 5000

  /// The source lines of the pairs, which training leaves out.
  public var sources: Set<[UInt8]> { Set(pairs.map(\.source)) }

  /// Whether both hold out the same pairs.
  public static func == (one: HeldOutPairs, other: HeldOutPairs) -> Bool {
    one.lines == other.lines && one.pairsRead == other.pairsRead
      && one.pairs.elementsEqual(other.pairs) { $0 == $1 }
  }

  private static func hash(_ line: ArraySlice<UInt8>, seed: UInt64) -> UInt64 {
    // FNV-1a with a final mix, since its high bits barely depend on the last bytes.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ (seed &* SplitMix64.increment)
    for byte in line { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return SplitMix64.mix(hash)
  }
}

/// The source lines with the smallest hashes so far, each with all its occurrences.
private struct Candidates {
  struct Candidate {
    /// The first pair with this source line that is usable for validation.
    var pair: (source: [UInt8], target: [UInt8])?
    var places: [(file: Int, line: Int)] = []
  }

  private let capacity: Int
  private var byHash: [UInt64: Candidate] = [:]
  private var greatest = UInt64.max
  /// The number of pairs that are usable for validation.
  private(set) var usable = 0

  init(capacity: Int) { self.capacity = capacity }

  mutating func add(_ chunk: AlignedReader.Chunk, _ index: Int, file: Int, hash: UInt64) {
    let (source, target) = (chunk.source[index], chunk.target[index])
    let isUsable = isWritable(source) && isWritable(target)
    usable += isUsable ? 1 : 0
    guard hash <= greatest else { return }
    var candidate = byHash[hash] ?? Candidate()
    candidate.places.append((file, chunk.firstLine + index))
    if isUsable, candidate.pair == nil { candidate.pair = (Array(source), Array(target)) }
    byHash[hash] = candidate
    if byHash.count >= 2 * capacity { prune() }
  }

  /// Drops candidates that can no longer be among the smallest; their hashes are then ignored.
  private mutating func prune() {
    greatest = byHash.keys.sorted().prefix(capacity).last ?? .max
    byHash = byHash.filter { $0.key <= greatest }
  }

  /// The usable candidates with the smallest hashes, in the order of their first occurrences.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - limit: the most places of all of them together; candidates with too many are passed over.
  /// - Returns: at most `count` of them.
  func smallest(_ count: Int, places limit: Int) -> [Candidate] {
    var chosen: [Candidate] = []
    var left = limit
    for (_, candidate) in byHash.filter({ $0.value.pair != nil }).sorted(by: { $0.key < $1.key })
    where chosen.count < count && candidate.places.count <= left {
      chosen.append(candidate)
      left -= candidate.places.count
    }
    return chosen.sorted {
      ($0.places[0].file, $0.places[0].line) < ($1.places[0].file, $1.places[0].line)
    }
  }

  /// Whether a line survives writing and reading unchanged, and is useful for validation.
  private func isWritable(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count <= 2000, line.last != UInt8(ascii: "\r"), !line.starts(with: [0xef, 0xbb, 0xbf]) else {
      return false
    }
    return !isBlank(line)
  }
}
