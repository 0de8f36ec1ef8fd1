import Files

/// A source of lines.
protocol LineSource {
  /// The next line.
  ///
  /// - Parameter waiting: whether to wait for a line that has not arrived yet.
  /// - Returns: the line, or why there is none.
  /// - Throws: errors of reading.
  mutating func next(waiting: Bool) throws -> LineArrival
}

/// What a source has.
enum LineArrival {
  /// The next line.
  case line(SourceLine)
  /// No line has arrived; getting one would mean waiting.
  case nothingYet
  /// There are no more lines.
  case end
}

/// Lines in memory.
struct ArraySource: LineSource {
  private var lines: ArraySlice<SourceLine>

  init(_ lines: [SourceLine]) { self.lines = lines[...] }

  mutating func next(waiting: Bool) -> LineArrival { lines.popFirst().map { .line($0) } ?? .end }
}

/// Lines that someone is asked for, one after the other.
struct PromptSource: LineSource {
  let format: LineFormat
  var alternativesAt: Int?
  /// Asks for the next line; nil if there are no more.
  let ask: () throws -> [UInt8]?
  private var number = 0

  init(format: LineFormat, alternativesAt: Int?, ask: @escaping () throws -> [UInt8]?) {
    (self.format, self.alternativesAt, self.ask) = (format, alternativesAt, ask)
  }

  mutating func next(waiting: Bool) throws -> LineArrival {
    guard waiting else { return .nothingYet }
    guard let bytes = try ask() else { return .end }
    number += 1
    var line = try format.line(bytes, number: number, of: "standard input")
    line.alternativesAt = line.alternativesAt ?? alternativesAt
    return .line(line)
  }
}

/// Lines of a file or a stream.
struct ReaderSource: LineSource {
  let reader: LineReader
  let format: LineFormat
  var companion: CompanionLines?
  /// Where alternatives are wanted, unless a line says otherwise.
  var alternativesAt: Int?

  mutating func next(waiting: Bool) throws -> LineArrival {
    if waiting { return try reader.next().map { .line(try line($0)) } ?? end() }
    return switch try reader.nextWithoutWaiting() {
    case .line(let bytes): .line(try line(bytes))
    case .nothingYet: .nothingYet
    case .end: try end()
    }
  }

  private mutating func line(_ bytes: [UInt8]) throws -> SourceLine {
    var line = try format.line(bytes, number: reader.lineNumber, of: reader.name)
    try companion?.complete(&line, number: reader.lineNumber, of: reader.name)
    line.alternativesAt = line.alternativesAt ?? alternativesAt
    return line
  }

  private func end() throws -> LineArrival {
    try companion?.requireEnd(after: reader.lineNumber, of: reader.name)
    return .end
  }
}
