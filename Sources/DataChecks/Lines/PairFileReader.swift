import Files

/// Two files whose lines are translations of each other.
public struct PairFiles: Sendable, Equatable {
  /// Path of the source side, plain or gzip.
  public let source: String
  /// Path of the target side.
  public let target: String

  /// Two files.
  public init(source: String, target: String) { (self.source, self.target) = (source, target) }
}

/// Reads two files block by block, up to the end of the shorter one.
struct PairFileReader {
  static let linesInBlock = 2048

  private let source, target: LineReader
  /// Lines of the longer file that have no counterpart; known at the end.
  private(set) var sourceLines = 0
  private(set) var targetLines = 0

  /// Opens the files.
  ///
  /// - Throws: `FileError` if one cannot be read.
  init(_ files: PairFiles) throws(FileError) {
    (source, target) = (try LineReader(path: files.source), try LineReader(path: files.target))
  }

  /// The next block; nil at the end of the shorter file, after which the lines of both are counted.
  mutating func next() throws(FileError) -> PairBlock? {
    var block = PairBlock()
    block.firstLine = source.lineNumber + 1
    try block.source.fill(from: source, limit: Self.linesInBlock)
    try block.target.fill(from: target, limit: Self.linesInBlock)
    let count = min(block.source.count, block.target.count)
    if block.source.count != block.target.count {
      try readToEnd(source)
      try readToEnd(target)
      block.source.truncate(to: count)
      block.target.truncate(to: count)
    }
    (sourceLines, targetLines) = (source.lineNumber, target.lineNumber)
    return count == 0 ? nil : block
  }

  private func readToEnd(_ reader: LineReader) throws(FileError) {
    var line: [UInt8] = []
    while try reader.next(appendingTo: &line) { line.removeAll(keepingCapacity: true) }
  }
}
