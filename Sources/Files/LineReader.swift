import Glibc

/// Reads a file or standard input line by line, as bytes.
///
/// Lines end in LF or CR LF, which are not part of the line. The last line may end without them, or in CR. Gzip files
/// are recognized by their content and decompressed; other packed formats, UTF-16 and UTF-32 are errors. A byte order mark before the first line is removed. A line is
/// returned as soon as it has arrived, so a reader of a pipe or a terminal never waits for a block to fill.
public final class LineReader {
  /// What ``nextWithoutWaiting()`` found.
  public enum Arrival: Equatable, Sendable {
    /// A complete line, without its line end.
    case line([UInt8])
    /// No complete line has arrived; getting one would mean waiting.
    case nothingYet
    /// There are no more lines.
    case end
  }

  /// The number of the latest line, counted from 1: the number of lines returned so far, and of those that were said to
  /// precede them.
  public private(set) var lineNumber = 0
  /// The file's name for messages.
  public var name: String { source.name }

  private let source: ByteSource
  private var buffer = [UInt8](repeating: 0, count: ByteSource.pieceSize)
  private var unread = 0..<0
  /// The start of a line whose end has not arrived.
  private var partial: [UInt8] = []
  private var isAtEnd = false
  /// Whether the next line is the first one of the file, before which there may be a byte order mark.
  private var isAtBeginning: Bool

  /// Opens a file.
  ///
  /// - Parameter path: the file, plain or gzip, or `-` for standard input.
  /// - Throws: ``FileError`` if the file does not exist, is a folder, or cannot be opened.
  public init(path: String) throws(FileError) {
    source = try ByteSource(path: path, expectsText: true)
    isAtBeginning = true
  }

  /// Opens a part of a file.
  ///
  /// - Parameters:
  ///   - path: a regular file, plain or gzip.
  ///   - range: the part in bytes, decompressed, which begins where a line begins; see ``TextParts``.
  ///   - preceding: the number of lines before it, for ``lineNumber``.
  /// - Throws: see ``init(path:)``.
  public init(path: String, range: Range<Int>, preceding: Int = 0) throws(FileError) {
    source = try ByteSource(path: path, expectsText: true, range: range)
    isAtBeginning = range.lowerBound == 0
    lineNumber = preceding
  }

  /// The next line, waiting for it if necessary.
  ///
  /// - Returns: the line without its line end; nil after the last one.
  /// - Throws: ``FileError`` if reading fails, compressed data is damaged or truncated, or the file is not text in
  ///   UTF-8 but in a known other format.
  public func next() throws(FileError) -> [UInt8]? {
    var line: [UInt8] = []
    return try next(appendingTo: &line) ? line : nil
  }

  /// Appends the next line to `bytes`, waiting for it if necessary.
  ///
  /// - Returns: false after the last line.
  /// - Throws: as ``next()``.
  public func next(appendingTo bytes: inout [UInt8]) throws(FileError) -> Bool {
    while true {
      if takeLine(&bytes) { return true }
      guard !isAtEnd else { return takeRest(&bytes) }
      try fill()
    }
  }

  /// The next line if it has already arrived.
  ///
  /// Callers that process lines in batches take what is available, and start working when they would have to wait.
  ///
  /// - Throws: as ``next()``.
  public func nextWithoutWaiting() throws(FileError) -> Arrival {
    var line: [UInt8] = []
    while true {
      if takeLine(&line) { return .line(line) }
      guard !isAtEnd else { return takeRest(&line) ? .line(line) : .end }
      guard source.isReady else { return .nothingYet }
      try fill()
    }
  }

  private func fill() throws(FileError) {
    guard let count = try source.fill(&buffer) else {
      isAtEnd = true
      return
    }
    unread = 0..<count
  }

  /// Takes a line that ends within the unread bytes; otherwise moves those to ``partial``.
  private func takeLine(_ line: inout [UInt8]) -> Bool {
    guard let end = firstLineFeed(in: buffer, unread) else {
      partial += buffer[unread]
      unread = 0..<0
      return false
    }
    let start = line.count
    line += partial
    partial.removeAll(keepingCapacity: partial.count <= ByteSource.pieceSize)
    line += buffer[unread.lowerBound..<end]
    unread = end + 1..<unread.upperBound
    removeCarriageReturn(&line, from: start)
    countLine(&line, from: start)
    return true
  }

  /// Takes a last line without a line end.
  private func takeRest(_ line: inout [UInt8]) -> Bool {
    guard !partial.isEmpty else { return false }
    let start = line.count
    line += partial
    partial = []
    // A file that contains only a byte order mark has no lines.
    guard !isAtBeginning || line[start...] != byteOrderMark else {
      line.removeLast(byteOrderMark.count)
      return false
    }
    // Half a line end: the file was cut between CR and LF.
    removeCarriageReturn(&line, from: start)
    countLine(&line, from: start)
    return true
  }

  private func removeCarriageReturn(_ line: inout [UInt8], from start: Int) {
    if line.count > start, line[line.count - 1] == UInt8(ascii: "\r") { line.removeLast() }
  }

  private func countLine(_ line: inout [UInt8], from start: Int) {
    if isAtBeginning, line[start...].starts(with: byteOrderMark) {
      line.removeSubrange(start..<start + byteOrderMark.count)
    }
    isAtBeginning = false
    lineNumber += 1
  }
}

private let byteOrderMark: ArraySlice<UInt8> = [0xef, 0xbb, 0xbf]

/// Uses `memchr`, since a Swift loop would compare one byte at a time.
func firstLineFeed(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
  unsafe bytes.withUnsafeBytes { all in
    guard let base = all.baseAddress, let found = unsafe memchr(base + range.lowerBound, 0x0a, range.count)
    else { return nil }
    return unsafe UnsafeRawPointer(found) - base
  }
}
