/// The wall-clock time and processor time that a thread spends on its work.
package struct BusyTime: Sendable {
  /// Wall-clock time.
  package private(set) var wall = Duration.zero
  /// Processor time.
  package private(set) var processor = Duration.zero
  /// Processor time of the latest piece of work.
  package private(set) var newest = Duration.zero

  package init() {}

  /// Wall-clock time during which the thread did not run, such as while other programs used the processor.
  package var waitingForProcessor: Duration { max(.zero, wall - processor) }

  /// Runs work on the calling thread and adds its time.
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
