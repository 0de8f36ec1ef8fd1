import Dispatch
import Synchronization

/// Transforms elements on several threads; the results come in the elements' order.
///
/// - Parameters:
///   - elements: one piece of work each; large enough that handing it out costs nothing beside.
///   - threads: threads at work; 1 stays on the calling one.
///   - transform: called once for each element, from any thread.
/// - Returns: a result for each element.
func concurrentMap<Element: Sendable, Result: Sendable>(
  _ elements: [Element], threads: Int, _ transform: @Sendable (Element) -> Result
) -> [Result] {
  guard threads > 1, elements.count > 1 else { return elements.map(transform) }
  let next = Atomic(0)
  let results = Mutex([Result?](repeating: nil, count: elements.count))
  DispatchQueue.concurrentPerform(iterations: min(threads, elements.count)) { _ in
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < elements.count else { return }
      let result = transform(elements[index])
      results.withLock { $0[index] = result }
    }
  }
  return results.withLock { $0 }.compactMap { $0 }
}
