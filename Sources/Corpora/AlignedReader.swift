import Files

/// Reads a source and a target file in parallel, along with their word alignments, if any.
package struct AlignedReader {
  /// Lines of both files, starting at the same line number.
  package struct Chunk: Sendable {
    package let source: LinePack
    package let target: LinePack
    package let alignment: LinePack?
    /// The number of its first line, counted from 1.
    package let firstLine: Int
  }

  /// Consecutive lines of a file.
  package struct LinePack: Sendable {
    package let name: String
    private var bytes: [UInt8] = []
    private var ends: [Int] = []

    init(name: String) { self.name = name }

    /// Number of lines.
    package var count: Int { ends.count }

    /// A line, without its line end.
    package subscript(index: Int) -> ArraySlice<UInt8> {
      bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// Appends a file's next lines, up to `limit` lines in total.
    mutating func fill(from reader: LineReader, limit: Int) throws(CorpusError) {
      do {
        while ends.count < limit, try reader.next(appendingTo: &bytes) { ends.append(bytes.count) }
      } catch {
        throw .file(error)
      }
    }
  }

  static let linesInChunk = 2048

  private let source: LineReader
  private let target: LineReader
  private let alignment: LineReader?

  /// Opens the files.
  ///
  /// - Throws: ``CorpusError`` if one cannot be read.
  package init(source: String, target: String, alignment: String? = nil) throws(CorpusError) {
    do {
      self.source = try LineReader(path: source)
      self.target = try LineReader(path: target)
      if let alignment { self.alignment = try LineReader(path: alignment) } else { self.alignment = nil }
    } catch {
      throw .file(error)
    }
  }

  /// Up to `limit` chunks; none at the end of both files.
  ///
  /// - Throws: ``CorpusError`` if only one of the files has ended.
  package mutating func nextChunks(_ limit: Int) throws(CorpusError) -> [Chunk] {
    var chunks: [Chunk] = []
    while chunks.count < limit, let chunk = try nextChunk() { chunks.append(chunk) }
    return chunks
  }

  private func nextChunk() throws(CorpusError) -> Chunk? {
    let firstLine = source.lineNumber + 1
    var (sources, targets) = (LinePack(name: source.name), LinePack(name: target.name))
    try sources.fill(from: source, limit: Self.linesInChunk)
    try targets.fill(from: target, limit: Self.linesInChunk)
    guard sources.count == targets.count else {
      try readToEnd()
      throw .lineCounts(
        source: source.name, sourceLines: source.lineNumber, target: target.name,
        targetLines: target.lineNumber)
    }
    let alignments = try nextAlignments(sources.count)
    return sources.count == 0
      ? nil : Chunk(source: sources, target: targets, alignment: alignments, firstLine: firstLine)
  }

  /// The alignments of the next `count` lines.
  private func nextAlignments(_ count: Int) throws(CorpusError) -> LinePack? {
    guard let alignment else { return nil }
    var lines = LinePack(name: alignment.name)
    // At the end of the text, try to read one more line, to make sure that there is none.
    try lines.fill(from: alignment, limit: max(count, 1))
    guard lines.count == count else {
      try readToEnd()
      throw .alignmentLines(
        path: alignment.name, lines: alignment.lineNumber, source: source.name, sourceLines: source.lineNumber
      )
    }
    return lines
  }

  /// Counts the remaining lines, for the error message.
  private func readToEnd() throws(CorpusError) {
    var line: [UInt8] = []
    do {
      for reader in [source, target] + (alignment.map { [$0] } ?? []) {
        while try reader.next(appendingTo: &line) { line.removeAll(keepingCapacity: true) }
      }
    } catch {
      throw .file(error)
    }
  }
}
