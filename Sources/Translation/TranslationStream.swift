import Dispatch
import Files

/// Translates a text of any length in the order of its lines, on a thread that may block.
///
/// The thread reads and prepares lines and takes results. It waits for a line only if there is no result to wait for,
/// so a line that is typed is translated before the next one is typed.
struct TranslationStream<Source: LineSource> {
  private var source: Source
  private let call: OpenCall
  private var chunker: LineChunker
  /// Signaled when there may be results, and when suspended lines were admitted.
  private let news = DispatchSemaphore(value: 0)
  /// Number of lines that were read and whose results were not taken yet.
  private var pendingLines = 0
  private var isAtEnd = false
  /// Why the source gave no more lines; thrown after the results of those it gave.
  private var failure: (any Error)?
  private var hasEnded = false

  /// - Parameters:
  ///   - source: the lines.
  ///   - call: translates them.
  ///   - preceding: the number of lines before those of the source, which are numbered from the next one.
  init(_ source: Source, call: OpenCall, preceding: Int = 0) {
    (self.source, self.call, chunker) = (source, call, call.chunker)
    chunker.count = preceding
  }

  /// Waits for the next results.
  ///
  /// - Returns: at least one; nil after the last one.
  /// - Throws: errors of ``OpenCall/take(wake:)``, and those of the source after the results of the lines before.
  mutating func next() throws -> [TranslationResult]? {
    while true {
      let mustWait = !fillChunk()
      try handIn()
      switch try call.take(wake: wake) {
      case .results(let results):
        pendingLines -= results.count
        return results
      case .done: return nil
      case .nothingYet:
        // Wait, unless more lines can be prepared in the meantime.
        if mustWait || isAtEnd || chunker.isFull { news.wait() }
      }
    }
  }

  private var wake: TranslationCall.Wake { { [news] in news.signal() } }

  /// Reads lines until the chunk is full or no line is available.
  ///
  /// - Returns: false if it stopped because no line was available yet.
  private mutating func fillChunk() -> Bool {
    while !isAtEnd && !chunker.isFull {
      // A read may wait only if there is nothing else to do.
      do {
        switch try source.next(waiting: pendingLines == 0) {
        case .line(let line):
          try chunker.add(line)
          pendingLines += 1
        case .nothingYet: return false
        case .end: isAtEnd = true
        }
      } catch {
        (failure, isAtEnd) = (error, true)
      }
    }
    return true
  }

  /// Adds the chunk to the queue, unless the previous one is still waiting for room.
  private mutating func handIn() throws {
    guard !hasEnded, !call.isSuspended else { return }
    if !chunker.isEmpty, call.add(chunker.take(), wake: wake) == .overloaded { throw call.overload }
    if isAtEnd, !call.isSuspended {
      call.end(failure: failure)
      hasEnded = true
    }
  }
}
