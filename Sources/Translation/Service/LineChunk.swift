import Text

/// Prepared lines on their way to the queue.
struct LineChunk: Sendable {
  var lines: [PendingLine] = []
  var pieces: [PendingPiece] = []
  /// Source tokens of all pieces, including `</s>`.
  var tokens = 0

  var isEmpty: Bool { lines.isEmpty }
}

/// Prepares and numbers the lines of a call, and collects enough of them to keep every thread busy.
struct LineChunker: Sendable {
  private let preparation: LinePreparation
  private let options: TranslationOptions
  private var chunk = LineChunk()
  /// The number of the latest line: of those added so far, and of those before them.
  var count = 0

  init(_ preparation: LinePreparation, options: TranslationOptions) {
    (self.preparation, self.options) = (preparation, options)
  }

  var isEmpty: Bool { chunk.isEmpty }

  /// Whether there is a batch for each thread, or too many lines; blank ones take memory as well.
  ///
  /// Batches of single sentences are handed in several at a time, since each time wakes this thread.
  var isFull: Bool {
    let batches = options.threads
    return chunk.pieces.count >= batches * max(options.batchSize, 4)
      || chunk.tokens >= batches * options.batchTokens
      || chunk.lines.count >= 4 * batches * options.batchSize
  }

  /// Adds the next line.
  ///
  /// - Throws: ``TranslationError/lineTag(line:_:)``.
  mutating func add(_ line: SourceLine) throws(TranslationError) {
    let prepared: LinePreparation.Line
    do { prepared = try preparation.prepare(line) } catch { throw .lineTag(line: count + 1, error) }
    for (index, piece) in prepared.pieces.enumerated() where !piece.isItsTranslation {
      chunk.pieces.append(
        PendingPiece(
          line: count, index: index, sentence: piece.sentence, guide: piece.guide,
          given: piece.given, output: preparation.output, spans: piece.spans,
          annotated: piece.annotated))
      chunk.tokens += piece.sentence.ids.count + 1
    }
    count += 1
    chunk.lines.append(PendingLine(number: count, prepared, measuresTime: preparation.output.measuresTime))
  }

  /// Removes and returns the collected lines.
  mutating func take() -> LineChunk {
    defer { chunk = LineChunk() }
    return chunk
  }
}
