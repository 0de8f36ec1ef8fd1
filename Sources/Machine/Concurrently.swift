internal import CProcessors
internal import Dispatch
internal import Synchronization

/// Runs `body(0)` … `body(count - 1)` on at most `threads` threads and returns when all have returned.
///
/// The assignment of numbers to threads is arbitrary, and nothing may depend on it.
///
/// - Parameters:
///   - count: pieces of work, each large enough that the cost of handing it out is negligible.
///   - threads: largest number of threads; with 1, everything runs on the calling thread.
///   - body: called once for each number, from any thread.
package func concurrently(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
  let lanes = min(threads, count)
  guard lanes > 1 else { return (0..<max(count, 0)).forEach(body) }
  let next = Atomic(0)
  inLanes(lanes) {
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      body(index)
    }
  }
}

/// Runs `body` on several threads, or on as many as the system starts.
private func inLanes(_ lanes: Int, _ body: @Sendable () -> Void) {
  guard threadsAreScarce else {
    return DispatchQueue.concurrentPerform(iterations: lanes) { _ in body() }
  }
  // Dispatch waits forever for a thread that the system refuses.
  withoutActuallyEscaping(body) { body in
    let running = DispatchGroup()
    for _ in 1..<lanes {
      let lane = Lane(body)
      running.enter()
      let isStarted = startThread {
        lane.run()
        running.leave()
      }
      if !isStarted {
        lane.cancel()
        running.leave()
        break
      }
    }
    body()
    running.wait()
  }
}

/// Work that a thread runs once and then forgets: the thread's own closure may outlive the call that the work is from.
private final class Lane: Sendable {
  private let body: Mutex<(@Sendable () -> Void)?>

  init(_ body: @escaping @Sendable () -> Void) { self.body = Mutex(body) }

  func run() { take()?() }
  func cancel() { _ = take() }

  private func take() -> (@Sendable () -> Void)? {
    body.withLock { body in
      defer { body = nil }
      return body
    }
  }
}

private let threadsAreScarce = threads_are_scarce() != 0

/// The results of two functions that run at the same time; see ``concurrently(_:threads:_:)``.
package func concurrently<First: Sendable, Second: Sendable>(
  _ first: @Sendable () -> First, and second: @Sendable () -> Second
) -> (First, Second) {
  let results = Mutex<(first: First?, second: Second?)>((nil, nil))
  concurrently(2, threads: 2) { index in
    if index == 0 {
      let result = first()
      results.withLock { $0.first = result }
    } else {
      let result = second()
      results.withLock { $0.second = result }
    }
  }
  guard case (let first?, let second?) = results.withLock({ $0 }) else {
    preconditionFailure("concurrently: a function did not run")
  }
  return (first, second)
}

/// The results of `body(0)` … `body(count - 1)`, in that order; see ``concurrently(_:threads:_:)``.
package func concurrentMap<Result: Sendable>(
  _ count: Int, threads: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  let results = Mutex([Result?](repeating: nil, count: count))
  concurrently(count, threads: threads) { index in
    let result = body(index)
    results.withLock { $0[index] = result }
  }
  return results.withLock { $0 }.compactMap { $0 }
}

/// The results of `transform` for each element, in order; see ``concurrently(_:threads:_:)``.
package func concurrentMap<Element: Sendable, Result: Sendable>(
  _ elements: [Element], threads: Int, _ transform: @Sendable (Element) -> Result
) -> [Result] {
  concurrentMap(elements.count, threads: threads) { transform(elements[$0]) }
}
