import Files

/// Checks that all shards of a text are translated, and puts them together.
public struct ShardJoin: Sendable {
  /// What there is of the shards.
  public let listing: ShardFolder.Listing
  private let folder: ShardFolder

  /// Looks at a folder.
  ///
  /// - Throws: `FileError` if it cannot be read; ``ShardError`` if it has no shards, or those of several divisions.
  public init(folder path: String) throws {
    folder = ShardFolder(path)
    guard let listing = try folder.listing() else { throw ShardError.none(folder: path) }
    self.listing = listing
  }

  /// Shards that are begun, with the lines translated and all lines.
  public var begun: [(number: Int, lines: Int, of: Int)] {
    listing.begun.compactMap { number in
      let shard = ShardNumber(number, of: listing.count)
      guard let record = try? ShardRecord.read(folder.partialRecord(shard), of: shard) else { return nil }
      return (number, record.output.lines, record.input.lines)
    }
  }

  /// Reads the records of all shards, and checks that they belong together: one model, the same options, and every byte
  /// of the text in exactly one shard.
  ///
  /// - Throws: ``ShardError``, `FileError`.
  public func records() throws -> [ShardRecord] {
    guard listing.missing.isEmpty else {
      throw ShardError.incomplete(folder: folder.path, words: listing.words, missing: listing.missing)
    }
    var records: [ShardRecord] = []
    for number in 1...listing.count {
      let shard = ShardNumber(number, of: listing.count)
      let record = try ShardRecord.read(folder.record(shard), of: shard)
      guard record.isWhole else {
        throw ShardError.damaged(
          path: folder.output(shard), found: "\(record.output.lines) lines",
          expected: "\(record.input.lines)", shard: shard)
      }
      try requireNeighbors(records.last, record)
      records.append(record)
    }
    return records
  }

  private func requireNeighbors(_ first: ShardRecord?, _ second: ShardRecord) throws {
    func contradiction(_ what: String) -> ShardError {
      let other = folder.record((first ?? second).number)
      return .contradiction(path: other, other: folder.record(second.number), what: what)
    }
    guard second.input.from == first?.input.to ?? 0 else {
      throw contradiction("the second does not begin where the first ends")
    }
    guard second.shard < second.shards || second.input.to == second.input.size else {
      throw contradiction("the last one does not end with the text")
    }
    guard let first else { return }
    guard first.input.size == second.input.size else { throw contradiction("they are of different texts") }
    if let difference = first.settings.difference(from: second.settings) {
      throw contradiction("the first was made with \(difference)")
    }
  }

  /// Reads all translations in order, and checks each against its record.
  ///
  /// - Parameters:
  ///   - records: those of ``records()``.
  ///   - input: the text, to check that it is what was translated; nil to leave it out.
  ///   - write: called with one piece after the other. Only after the last one is it known that all are right.
  ///   - progress: called with the number of shards that are done.
  /// - Throws: ``ShardError``, `FileError`, and what `write` throws.
  public func join(
    _ records: [ShardRecord], input: String? = nil, write: ([UInt8]) throws -> Void,
    progress: (Int) -> Void = { _ in }
  ) throws {
    if let input, let first = records.first { try requireSize(of: input, first.input.size) }
    for record in records {
      if let input { try requireInput(input, record) }
      try copy(record, write)
      progress(record.shard)
    }
  }

  private func requireSize(of input: String, _ size: Int) throws {
    guard try TextParts(path: input, count: 1).size == size else {
      throw ShardError.otherInput(path: folder.path, input: input)
    }
  }

  private func requireInput(_ input: String, _ record: ShardRecord) throws {
    let sum = try sliceSummary(input, record.input.from..<record.input.to)
    guard sum.sha256 == record.input.sha256, sum.lines == record.input.lines else {
      throw ShardError.otherInput(path: folder.output(record.number), input: input)
    }
  }

  private func copy(_ record: ShardRecord, _ write: ([UInt8]) throws -> Void) throws {
    let path = folder.output(record.number)
    let source = try ByteSource(path: path, expectsText: false, range: 0..<Int.max, isRaw: true)
    var buffer = [UInt8](repeating: 0, count: ByteSource.pieceSize)
    var (sum, lines) = (SHA256Sum(), 0)
    while let count = try source.fill(&buffer) {
      guard count > 0 else { continue }
      sum.add(buffer[..<count])
      lines += lineFeeds(in: buffer[..<count])
      try write(Array(buffer[..<count]))
    }
    func require<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) throws {
      guard found != expected else { return }
      throw ShardError.damaged(
        path: path, found: "\(found) \(what)", expected: "\(expected)", shard: record.number)
    }
    try require(sum.count, record.output.bytes, "bytes")
    try require(lines, record.output.written, "lines")
    guard sum.digits == record.output.sha256 else {
      throw ShardError.damaged(
        path: path, found: "the SHA-256 \(sum.digits)", expected: record.output.sha256, shard: record.number)
    }
  }
}
