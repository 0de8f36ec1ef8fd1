import Files

/// The translation of a shard while it grows.
///
/// Every few seconds, what was written is made durable, and then a record says so. After a crash, a process with the
/// same task continues behind the recorded bytes: every line is translated exactly once, in order.
public final class ShardOutput {
  private static let interval = Duration.seconds(5)

  private let file: ResumableFile
  private let folder: ShardFolder
  private var record: ShardRecord
  private let preceding: Int
  private var sum = SHA256Sum()
  private var lastSave: ContinuousClock.Instant?
  /// The number of lines that an earlier process translated.
  public private(set) var resumedLines = 0

  init(_ file: ResumableFile, _ record: ShardRecord, folder: ShardFolder, preceding: Int) {
    (self.file, self.record, self.folder, self.preceding) = (file, record, folder, preceding)
  }

  /// The number of lines of the shard.
  public var lineCount: Int { record.input.lines }
  /// The number of lines that are translated.
  public var translatedCount: Int { record.output.lines }
  /// Where the translation grows.
  public var partialPath: String { file.partialPath }
  /// Where the whole translation will be.
  public var path: String { file.path }

  /// Keeps what an earlier process surely wrote; nothing if it is not what its record says.
  func resume(_ before: ShardRecord) throws {
    guard try file.size() >= before.output.bytes else { return }
    var sum = SHA256Sum()
    try file.read(first: before.output.bytes) { sum.add($0) }
    guard sum.count == before.output.bytes, sum.digits == before.output.sha256 else { return }
    (self.sum, record.output, resumedLines) = (sum, before.output, before.output.lines)
  }

  /// Cuts off what is not sure.
  func start() throws {
    try file.keep(first: record.output.bytes)
    if resumedLines == 0 { removeFile(folder.partialRecord(record.number)) }
  }

  /// The lines that are left to translate.
  public var rest: ShardRest {
    ShardRest(
      path: record.input.path, range: record.input.from..<record.input.to, preceding: preceding,
      translated: resumedLines)
  }

  /// Appends translations.
  ///
  /// - Parameters:
  ///   - lines: the lines to write, without line ends.
  ///   - count: the number of lines of the input that they translate.
  /// - Throws: `FileError` if the file cannot be written.
  public func write(_ lines: [String], of count: Int) throws {
    for line in lines {
      let bytes = Array((line + "\n").utf8)
      sum.add(bytes[...])
      try file.write(bytes)
    }
    record.output.lines += count
    record.output.written += lines.count
    let now = ContinuousClock.now
    if let lastSave, lastSave.duration(to: now) < Self.interval { return }
    try save()
    lastSave = now
  }

  /// Makes everything durable that is written, so that a later process can continue there.
  ///
  /// - Throws: `FileError` if a file cannot be written.
  public func save() throws {
    try file.synchronize()
    (record.output.bytes, record.output.sha256) = (sum.count, sum.digits)
    try writeJSON(record, path: folder.partialRecord(record.number))
  }

  /// Gives the whole translation its name, and records it.
  ///
  /// - Returns: one line on how many shards are translated.
  /// - Throws: `FileError`; ``ShardError/inputChanged(path:)``.
  public func commit() throws -> String {
    guard record.isWhole, try FileStamp(path: record.input.path) == record.input.file else {
      throw ShardError.inputChanged(path: record.input.path)
    }
    // In this order, because a record stands for its translation, and work that is done is never lost: until the last
    // rename, the record of the file that grows is there.
    try save()
    removeFile(file.path)
    try writeJSON(record, path: folder.record(record.number))
    try file.commit()
    removeFile(folder.partialRecord(record.number))
    return try folder.writeProgress()
  }
}
