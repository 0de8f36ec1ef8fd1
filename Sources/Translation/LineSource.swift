import Files

/// A source of lines.
protocol LineSource {
  /// The next line.
  ///
  /// - Parameter waiting: whether to wait for a line that has not arrived yet.
  /// - Returns: the line, or why there is none.
  /// - Throws: errors of reading.
  mutating func next(waiting: Bool) throws -> LineReader.Arrival
}

/// Lines in memory.
struct ArraySource: LineSource {
  private var lines: ArraySlice<String>

  init(_ lines: [String]) { self.lines = lines[...] }

  mutating func next(waiting: Bool) -> LineReader.Arrival {
    lines.popFirst().map { .line(Array($0.utf8)) } ?? .end
  }
}

/// Lines of a file or a stream.
struct ReaderSource: LineSource {
  let reader: LineReader

  func next(waiting: Bool) throws -> LineReader.Arrival {
    guard waiting else { return try reader.nextWithoutWaiting() }
    return try reader.next().map { .line($0) } ?? .end
  }
}
