/// A pool of objects that are expensive to create and serve one caller at a time.
///
/// It never creates more objects than there are concurrent callers.
package final class Pool<Element: Sendable>: Sendable {
  private let make: @Sendable () -> Element
  private let idle = Monitor<[Element]>([])

  package init(_ make: @escaping @Sendable () -> Element) { self.make = make }

  /// Runs `body` with exclusive use of an element, and keeps the changes that `body` makes to it.
  package func withElement<Result>(_ body: (inout Element) -> Result) -> Result {
    var element = idle.withLock { $0.popLast() } ?? make()
    defer { idle.withLock { $0.append(element) } }
    return body(&element)
  }
}
