/// The time that a thread spends on a piece of work, on the clock and on its processor.
package struct BusyTime: Sendable {
  /// Time that passed.
  package private(set) var wall = Duration.zero
  /// Time that a processor spent on it.
  package private(set) var processor = Duration.zero
  /// The processor's time for the latest work.
  package private(set) var newest = Duration.zero

  package init() {}

  /// The time that went to other programs on the same processor.
  package var waitingForProcessor: Duration { max(.zero, wall - processor) }

  /// Runs work on the calling thread, and adds its time.
  package mutating func measure<Result>(_ work: () throws -> Result) rethrows -> Result {
    let (start, startOfProcessor) = (ContinuousClock().now, processorTimeOfThread())
    defer {
      newest = processorTimeOfThread() - startOfProcessor
      processor += newest
      wall += ContinuousClock().now - start
    }
    return try work()
  }
}
