import Files

/// A shard to translate: finds its lines, and whether it is translated already.
public struct ShardTask: Sendable {
  /// Which shard.
  public let number: ShardNumber
  let folder: ShardFolder
  private let input: String
  private let settings: ShardSettings
  private let stamp: FileStamp

  /// - Parameters:
  ///   - number: which shard.
  ///   - input: the text, a regular file, plain or gzip.
  ///   - folder: where the shards are; made if it is missing.
  ///   - settings: how they are translated.
  /// - Throws: `FileError`; ``ShardError`` if the folder has shards that do not belong to this one.
  public init(_ number: ShardNumber, of input: String, folder: String, settings: ShardSettings) throws {
    (self.number, self.input, self.folder, self.settings) = (number, input, ShardFolder(folder), settings)
    stamp = try FileStamp(path: input)
    try requireWritableFolder(folder)
    guard let listing = try self.folder.listing() else { return }
    guard listing.count == number.count else {
      throw ShardError.otherCount(folder: folder, found: listing.count, wanted: number.count)
    }
    // Not only at the end, when all were translated in vain. Without a record, it is left to joining.
    let other = listing.whole.first { $0 != number.number }.map { ShardNumber($0, of: number.count) }
    guard let other, let record = try? ShardRecord.read(self.folder.record(other), of: other) else { return }
    try requireSettings(of: record, self.folder.output(other))
  }

  /// Looks whether the shard is whole, without reading it.
  ///
  /// - Returns: its record; nil if there is something to do.
  /// - Throws: ``ShardError`` for a shard with other settings or of other text; `FileError`.
  public func finished() throws -> ShardRecord? {
    let path = folder.output(number)
    guard fileExists(folder.record(number)), fileExists(path) else { return nil }
    let record = try ShardRecord.read(folder.record(number), of: number)
    try requireSettings(of: record, path)
    if record.input.file != stamp { try requireSlice(slice(), of: record, path) }
    let size = try FileStamp(path: path).bytes
    return record.isWhole && size == record.output.bytes ? record : nil
  }

  /// Begins to translate, or continues.
  ///
  /// - Parameters:
  ///   - resumes: whether to continue what an earlier process began; otherwise that is forgotten.
  ///   - needsLineNumbers: whether the lines before the shard must be counted, which reads them.
  /// - Returns: the output, at which no other process writes; nil if another process has just finished the shard.
  /// - Throws: `FileError`, also if another process translates the shard; ``ShardError``.
  public func begin(resumes: Bool, needsLineNumbers: Bool) throws -> ShardOutput? {
    let file = try ResumableFile(path: folder.output(number))
    // By now, another process may have finished it.
    if resumes, try finished() != nil {
      file.remove()
      return nil
    }
    let (slice, sum) = try self.slice()
    let record = ShardRecord(
      shard: number.number, shards: number.count,
      input: .init(
        path: input, file: stamp, size: slice.size, from: slice.range.lowerBound, to: slice.range.upperBound,
        lines: sum.lines, sha256: sum.sha256),
      settings: settings, output: .init())
    let preceding = needsLineNumbers ? try lineCount(input, before: slice.range.lowerBound) : 0
    let output = ShardOutput(file, record, folder: folder, preceding: preceding)
    if resumes, let before = try earlierRecord((slice, sum)) { try output.resume(before) }
    try output.start()
    return output
  }

  /// The record of what an earlier process left.
  private func earlierRecord(_ slice: (Slice, Sum)) throws -> ShardRecord? {
    let path = folder.partialRecord(number)
    guard fileExists(path) else { return nil }
    let record = try ShardRecord.read(path, of: number)
    try requireSettings(of: record, folder.output(number) + ".partial")
    try requireSlice(slice, of: record, folder.output(number) + ".partial")
    return record
  }

  private typealias Slice = (range: Range<Int>, size: Int)
  private typealias Sum = (lines: Int, sha256: String)

  /// The shard's lines.
  private func slice() throws -> (Slice, Sum) {
    let parts = try TextParts(path: input, count: number.count)
    let range = try parts.range(of: number.number - 1)
    return ((range, parts.size), try sliceSummary(input, range))
  }

  private func requireSettings(of record: ShardRecord, _ path: String) throws {
    guard let difference = record.settings.difference(from: settings) else { return }
    throw ShardError.otherSettings(path: path, difference: difference)
  }

  private func requireSlice(_ slice: (Slice, Sum), of record: ShardRecord, _ path: String) throws {
    let ((range, size), sum) = slice
    guard record.input.size == size, record.input.from..<record.input.to == range,
      record.input.sha256 == sum.sha256
    else { throw ShardError.otherInput(path: path, input: input) }
  }
}
