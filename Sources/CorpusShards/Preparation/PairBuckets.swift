import Files

/// Temporary files among which pairs are dealt by their keys, 256 at a time.
///
/// Bucket n has the pairs whose keys have n in one of their bytes: those of the first byte come first in the shuffled
/// corpus. A bucket that is too large for memory is dealt again by the next byte.
final class PairBuckets {
  static let count = 256

  /// A bucket.
  struct Bucket: Sendable {
    let path: String
    /// The bytes of its records, which follow a zero in the file.
    let bytes: Int
    let pairs: Int
    /// The byte of the key by which it would be dealt again.
    let nextByte: Int

    /// The memory for its records and their order.
    var memory: Int { bytes + pairs * 24 }
  }

  private let folder: String
  private let byte: Int
  private var files: [PartialFile?] = Array(repeating: nil, count: count)
  private var bytes = [Int](repeating: 0, count: count)
  private var pairs = [Int](repeating: 0, count: count)

  /// Empty buckets.
  ///
  /// - Parameters:
  ///   - folder: an existing folder, for these buckets alone.
  ///   - byte: the byte of the key that decides, from 0, the highest.
  init(in folder: String, byte: Int) { (self.folder, self.byte) = (folder, byte) }

  /// Appends a record to its bucket.
  func append(_ record: ArraySlice<UInt8>, key: UInt64) throws(FileError) {
    let number = Int(truncatingIfNeeded: key >> UInt64(56 - 8 * byte)) & 255
    let file: PartialFile
    if let present = files[number] {
      file = present
    } else {
      file = try PartialFile(path: "\(folder)/bucket-\(number)")
      // The first two bytes of gzip could be those of a key.
      try file.write([0])
      files[number] = file
    }
    try file.write(Array(record))
    bytes[number] += record.count
    pairs[number] += 1
  }

  /// Writes what is still in memory.
  ///
  /// - Returns: the buckets that have pairs, in order.
  func finish() throws(FileError) -> [Bucket] {
    var buckets: [Bucket] = []
    for number in 0..<Self.count {
      guard let file = files[number] else { continue }
      try file.flush()
      files[number] = nil
      guard let path = file.partialPath else { continue }
      buckets.append(
        Bucket(path: path, bytes: bytes[number], pairs: pairs[number], nextByte: byte + 1))
    }
    return buckets
  }
}
