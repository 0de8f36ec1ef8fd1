internal import Machine

/// The time of a thread's work: what passed, and what a processor gave of it.
struct BusyTime: Sendable {
  private(set) var wall = Duration.zero
  private(set) var processor = Duration.zero
  /// What the newest work took of a processor.
  private(set) var newest = Duration.zero

  /// The time that went to other programs on the same processor.
  var waitingForProcessor: Duration { max(.zero, wall - processor) }

  mutating func measure<Result>(_ work: () -> Result) -> Result {
    let (start, startOfProcessor) = (ContinuousClock().now, processorTimeOfThread())
    defer {
      newest = processorTimeOfThread() - startOfProcessor
      processor += newest
      wall += ContinuousClock().now - start
    }
    return work()
  }
}
