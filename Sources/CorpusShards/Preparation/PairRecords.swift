package import Tokens

/// Pairs on their way through the shuffle, as bytes: each with its key (8), the lengths of its sides (4 each), and its
/// ids.
///
/// The key is a number that the seed and the place in the text decide. All pairs in the order of their keys are the
/// shuffled corpus: memory and threads do not change it.
package struct PairRecords: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var keys: [UInt64] = []
  /// Where each record ends.
  private(set) var ends: [Int] = []

  /// No pairs.
  package init() {}

  /// Appends a pair.
  ///
  /// - Parameters:
  ///   - key: the key.
  ///   - source: the source ids.
  ///   - target: the target ids.
  ///   - width: the bytes of an id, 2 or 4.
  package mutating func append(key: UInt64, source: [TokenID], target: [TokenID], width: Int) {
    CorpusShards.append(Int(bitPattern: UInt(key)), bytes: 8, to: &bytes)
    CorpusShards.append(source.count, bytes: 4, to: &bytes)
    CorpusShards.append(target.count, bytes: 4, to: &bytes)
    for side in [source, target] {
      for id in side { CorpusShards.append(Int(id), bytes: width, to: &bytes) }
    }
    keys.append(key)
    ends.append(bytes.count)
  }

  static let headerSize = 16

  /// The key of the record that begins at a place.
  static func key(_ bytes: [UInt8], at start: Int) -> UInt64 {
    UInt64(bitPattern: Int64(number(bytes, at: start, bytes: 8)))
  }

  /// The lengths of the sides of the record that begins at a place.
  static func lengths(_ bytes: [UInt8], at start: Int) -> (source: Int, target: Int) {
    (number(bytes, at: start + 8, bytes: 4), number(bytes, at: start + 12, bytes: 4))
  }
}
