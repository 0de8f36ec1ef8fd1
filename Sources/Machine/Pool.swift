/// Things that are costly to make and serve one caller at a time: those that no thread is using.
///
/// There are never more of them than callers at the same moment.
package final class Pool<Element: Sendable>: Sendable {
  private let make: @Sendable () -> Element
  private let idle = Monitor<[Element]>([])

  package init(_ make: @escaping @Sendable () -> Element) { self.make = make }

  /// Runs `body` with an element that no other caller uses meanwhile, and keeps it as `body` leaves it.
  package func withElement<Result>(_ body: (inout Element) -> Result) -> Result {
    var element = idle.withLock { $0.popLast() } ?? make()
    defer { idle.withLock { $0.append(element) } }
    return body(&element)
  }
}
