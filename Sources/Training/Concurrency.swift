internal import Dispatch
internal import Synchronization

/// Runs `body(0) ..< body(count)` on at most `threads` threads and returns when all have returned.
///
/// Which thread runs which number is fixed, and nothing may depend on it.
package func concurrently(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
  let lanes = min(threads, count)
  guard lanes > 1 else { return (0..<count).forEach(body) }
  DispatchQueue.concurrentPerform(iterations: lanes) { lane in
    for index in stride(from: lane, to: count, by: lanes) { body(index) }
  }
}

/// The results of `body(0) ..< body(count)`, in order.
package func concurrentMap<Result: Sendable>(
  _ count: Int, threads: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  let results = Mutex([Result?](repeating: nil, count: count))
  concurrently(count, threads: threads) { index in
    let result = body(index)
    results.withLock { $0[index] = result }
  }
  return results.withLock { $0.compactMap { $0 } }
}
