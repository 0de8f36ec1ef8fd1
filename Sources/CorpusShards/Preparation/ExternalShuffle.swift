package import Files
import Machine
import RandomNumbers
import Tokens

/// Shuffles more pairs than memory holds: deals them into buckets on disk, then reads and sorts a bucket at a time.
package struct ExternalShuffle {
  /// The most memory for the buckets that are sorted at a time, in bytes.
  private let memory: Int
  private let threads: Int
  private let folder: String
  private let buckets: PairBuckets
  private let width: Int
  /// The most pairs that were in memory at a time.
  package private(set) var mostHeld = 0

  /// A shuffle without pairs.
  ///
  /// - Parameters:
  ///   - folder: an empty folder for temporary files, which are removed as they are read.
  ///   - width: the bytes of an id, 2 or 4.
  ///   - memory: the most memory for the buckets that are sorted at a time.
  ///   - threads: the number of threads, which does not change the order.
  /// - Throws: `FileError` if the folder cannot be created.
  package init(in folder: String, width: Int, memory: Int, threads: Int) throws(FileError) {
    (self.folder, self.width, self.memory, self.threads) = (folder, width, memory, threads)
    try createFolder(folder)
    buckets = PairBuckets(in: folder, byte: 0)
  }

  /// The key of a pair, different for each place in the text.
  ///
  /// - Parameters:
  ///   - seed: decides the order.
  ///   - file: the number of the pair's files, from 0, below 2²⁴.
  ///   - line: the number of its line, from 1, below 2⁴⁰.
  /// - Returns: the key.
  package static func key(seed: UInt64, file: Int, line: Int) -> UInt64 {
    let place = UInt64(file) << 40 | UInt64(line)
    return SplitMix64.mix(SplitMix64.mix(seed) &+ place &* SplitMix64.increment)
  }

  /// Deals pairs.
  package func append(_ records: PairRecords) throws(FileError) {
    var start = 0
    for (key, end) in zip(records.keys, records.ends) {
      try buckets.append(records.bytes[start..<end], key: key)
      start = end
    }
  }

  /// Hands out all pairs in the order of their keys.
  ///
  /// - Parameter body: receives the lengths of a pair's sides, and its ids as bytes.
  /// - Throws: `FileError`, and what `body` throws.
  package mutating func forEach(
    _ body: (_ source: Int, _ target: Int, _ ids: ArraySlice<UInt8>) throws -> Void
  ) throws {
    try forEach(in: try buckets.finish(), body)
    removeEmptyFolder(folder)
  }

  private mutating func forEach(
    in buckets: [PairBuckets.Bucket],
    _ body: (_ source: Int, _ target: Int, _ ids: ArraySlice<UInt8>) throws -> Void
  ) throws {
    var next = 0
    while next < buckets.count {
      guard buckets[next].memory <= memory || buckets[next].pairs == 1 || buckets[next].nextByte > 7 else {
        let folder = "\(folder)/again-\(buckets[next].nextByte)"
        try forEach(in: try deal(buckets[next], into: folder), body)
        removeEmptyFolder(folder)
        next += 1
        continue
      }
      let group = nextGroup(of: buckets[next...])
      next += group.count
      mostHeld = max(mostHeld, group.reduce(0) { $0 + $1.pairs })
      let sorted = concurrentMap(Array(group), threads: threads) { [width] bucket in
        Result { () throws(FileError) in try SortedBucket(bucket, width: width) }
      }
      for bucket in sorted { try bucket.get().forEach(body) }
    }
  }

  /// As many of the buckets as threads can sort at a time within the memory, but at least one.
  private func nextGroup(of buckets: ArraySlice<PairBuckets.Bucket>) -> ArraySlice<PairBuckets.Bucket> {
    var total = 0
    let fitting = buckets.prefix(threads).prefix { bucket in
      total += bucket.memory
      return total <= memory
    }
    return fitting.isEmpty ? buckets.prefix(1) : fitting
  }

  /// Deals the pairs of a bucket by the next byte of their keys, and removes it.
  private func deal(_ bucket: PairBuckets.Bucket, into folder: String) throws -> [PairBuckets.Bucket] {
    try createFolder(folder)
    let smaller = PairBuckets(in: folder, byte: bucket.nextByte)
    let source = try ByteSource(path: bucket.path, expectsText: false)
    var (waiting, piece) = ([UInt8](), [UInt8](repeating: 0, count: ByteSource.pieceSize))
    var isFirst = true
    while let count = try source.fill(&piece) {
      waiting += piece[..<count]
      var start = isFirst && count > 0 ? 1 : 0
      if count > 0 { isFirst = false }
      while let end = recordEnd(waiting, from: start) {
        try smaller.append(waiting[start..<end], key: PairRecords.key(waiting, at: start))
        start = end
      }
      waiting.removeFirst(start)
    }
    removeFile(bucket.path)
    return try smaller.finish()
  }

  /// The end of the record that begins at a place; nil if the rest of it is missing.
  private func recordEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count - start >= PairRecords.headerSize else { return nil }
    let lengths = PairRecords.lengths(bytes, at: start)
    let end = start + PairRecords.headerSize + (lengths.source + lengths.target) * width
    return end <= bytes.count ? end : nil
  }
}

/// The pairs of a bucket in memory, in the order of their keys.
private struct SortedBucket: Sendable {
  private let bytes: [UInt8]
  private let order: [(key: UInt64, start: Int)]
  private let width: Int

  /// Reads and removes a bucket.
  init(_ bucket: PairBuckets.Bucket, width: Int) throws(FileError) {
    let bytes = try readFile(path: bucket.path)
    removeFile(bucket.path)
    var order: [(key: UInt64, start: Int)] = []
    order.reserveCapacity(bucket.pairs)
    var start = 1
    for _ in 0..<bucket.pairs {
      guard start + PairRecords.headerSize <= bytes.count else { break }
      order.append((PairRecords.key(bytes, at: start), start))
      let lengths = PairRecords.lengths(bytes, at: start)
      start += PairRecords.headerSize + (lengths.source + lengths.target) * width
    }
    guard start == bytes.count, order.count == bucket.pairs else {
      throw .notReadable(path: bucket.path, reason: "another program changed this temporary file")
    }
    order.sort { $0.key < $1.key }
    (self.bytes, self.order, self.width) = (bytes, order, width)
  }

  func forEach(_ body: (_ source: Int, _ target: Int, _ ids: ArraySlice<UInt8>) throws -> Void) rethrows {
    for (_, start) in order {
      let lengths = PairRecords.lengths(bytes, at: start)
      let first = start + PairRecords.headerSize
      try body(
        lengths.source, lengths.target, bytes[first..<first + (lengths.source + lengths.target) * width])
    }
  }
}
