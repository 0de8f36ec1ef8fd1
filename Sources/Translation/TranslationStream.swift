import Dispatch
import Files

/// Translates a text of any length in the order of its lines, for a thread that does nothing else.
///
/// The thread reads and prepares lines, and takes results. It waits for a line only where there is no result to wait
/// for: so a line that is typed gets its translation before the next one is there.
struct TranslationStream<Source: LineSource> {
  private var source: Source
  private let call: OpenCall
  private var chunker: LineChunker
  /// Signaled when there may be results, and when there is room for lines that were suspended.
  private let news = DispatchSemaphore(value: 0)
  /// Lines that were read and whose results were not taken.
  private var pendingLines = 0
  private var isAtEnd = false
  private var hasEnded = false

  init(_ source: Source, call: OpenCall) {
    (self.source, self.call, chunker) = (source, call, call.chunker)
  }

  /// Waits for the next results.
  ///
  /// - Returns: at least one; nil behind the last.
  /// - Throws: what the source throws, or ``OpenCall/take(wake:)``.
  mutating func next() throws -> [TranslationResult]? {
    while true {
      let mustWait = try !fillChunk()
      try handIn()
      switch try call.take(wake: wake) {
      case .results(let results):
        pendingLines -= results.count
        return results
      case .done: return nil
      case .nothingYet:
        // Unless more lines can be made ready meanwhile.
        if mustWait || isAtEnd || chunker.isFull { news.wait() }
      }
    }
  }

  private var wake: TranslationCall.Wake { { [news] in news.signal() } }

  /// Reads lines until the chunk is full or no line is there.
  ///
  /// - Returns: false if it ended for want of lines that may yet come.
  private mutating func fillChunk() throws -> Bool {
    while !isAtEnd && !chunker.isFull {
      // Nothing else to do: only then may a read wait.
      switch try source.next(waiting: pendingLines == 0) {
      case .line(let line):
        chunker.add(line)
        pendingLines += 1
      case .nothingYet: return false
      case .end: isAtEnd = true
      }
    }
    return true
  }

  /// Adds the chunk to the queue, unless the one before still waits for room there.
  private mutating func handIn() throws {
    guard !hasEnded, !call.isSuspended else { return }
    if !chunker.isEmpty, call.add(chunker.take(), wake: wake) == .overloaded { throw call.overload }
    if isAtEnd, !call.isSuspended {
      call.end()
      hasEnded = true
    }
  }
}
