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
  DispatchQueue.concurrentPerform(iterations: lanes) { _ in
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { return }
      body(index)
    }
  }
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
