/// A binary heap whose order is given by each call, which must always give the same one.
struct BinaryHeap<Element: Sendable>: Sendable {
  private var elements: [Element] = []

  /// The element that comes before all others.
  var first: Element? { elements.first }

  mutating func removeAll() { elements.removeAll(keepingCapacity: true) }

  @inline(__always)
  mutating func push(_ element: Element, by precedes: (Element, Element) -> Bool) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard precedes(elements[child], elements[parent]) else { return }
      elements.swapAt(child, parent)
      child = parent
    }
  }

  /// Removes and returns the first element.
  @inline(__always)
  mutating func pop(by precedes: (Element, Element) -> Bool) -> Element? {
    guard let last = elements.popLast() else { return nil }
    guard let first = elements.first else { return last }
    elements[0] = last
    var parent = 0
    while true {
      var best = parent
      let (left, right) = (2 * parent + 1, 2 * parent + 2)
      if left < elements.count, precedes(elements[left], elements[best]) { best = left }
      if right < elements.count, precedes(elements[right], elements[best]) { best = right }
      guard best != parent else { return first }
      elements.swapAt(best, parent)
      parent = best
    }
  }
}
