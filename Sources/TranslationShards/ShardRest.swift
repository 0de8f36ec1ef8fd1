public import Files

/// The lines of a shard that are left to translate.
public struct ShardRest: Sendable {
  let path: String
  let range: Range<Int>
  /// The number of lines before the shard, or 0 if nobody needs it.
  let preceding: Int
  /// The number of lines that an earlier process translated.
  let translated: Int

  /// A reader of these lines, numbered as those of the whole text if their numbers are needed, otherwise as those of the
  /// shard.
  ///
  /// - Throws: `FileError` if reading fails.
  public func reader() throws(FileError) -> LineReader {
    let reader = try LineReader(path: path, range: range, preceding: preceding)
    var line: [UInt8] = []
    for _ in 0..<translated {
      guard try reader.next(appendingTo: &line) else { break }
      line.removeAll(keepingCapacity: true)
    }
    return reader
  }
}
