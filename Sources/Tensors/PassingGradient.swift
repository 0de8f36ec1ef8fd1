/// The gradient of an activation: memory that it holds from the first derivative that reaches it until that of
/// the operation it came from has run.
///
/// A backward pass goes through the activations from the last to the first. At any time it needs the gradients
/// of a few neighbors only, so that all of them together fit where the values of a layer would, and what was
/// just set to zero is still in the cache when it is added to.
package final class PassingGradient {
  private enum State {
    case untouched
    case held(UnsafeMutablePointer<Float>)
    case over
  }

  private let count: Int
  private let pool: GradientPool
  private var state = State.untouched

  /// A gradient of `count` floats that has no memory yet.
  package init(count: Int, pool: GradientPool) { (self.count, self.pool) = (count, pool) }

  /// The sums so far: zeros where this is the first call; nil after ``giveBack()``.
  package var elements: UnsafeMutablePointer<Float>? {
    switch state {
    case .held(let elements): return elements
    case .over: return nil
    case .untouched:
      let elements = pool.take(count)
      elements.update(repeating: 0, count: count)
      state = .held(elements)
      return elements
    }
  }

  /// For a derivative that writes every element, so that zeros need not be written first; nil after
  /// ``giveBack()``.
  package var target: GradientTarget? {
    guard case .untouched = state else {
      return elements.map { GradientTarget(elements: $0, accumulates: true) }
    }
    let elements = pool.take(count)
    state = .held(elements)
    return GradientTarget(elements: elements, accumulates: false)
  }

  /// Lets another gradient have the memory: nothing will be added or read any more.
  package func giveBack() {
    if case .held(let elements) = state { pool.giveBack(elements, count: count) }
    state = .over
  }
}

/// Where an operation's derivative goes if it reaches every element of a tensor.
package struct GradientTarget {
  /// A float for each element.
  package let elements: UnsafeMutablePointer<Float>
  /// Whether sums stand there that the derivative is added to; else what stands there is overwritten.
  package let accumulates: Bool
}

/// Memory for gradients that come and go, out of an arena.
///
/// A model has a handful of sizes, so that what one gradient gave back fits the next one of its size exactly.
package final class GradientPool {
  private let arena: Arena
  private var free: [Int: [UnsafeMutablePointer<Float>]] = [:]

  /// A pool that asks `arena` for what it does not have.
  package init(_ arena: Arena) { self.arena = arena }

  fileprivate func take(_ count: Int) -> UnsafeMutablePointer<Float> {
    free[count]?.popLast() ?? arena.allocate(count)
  }

  fileprivate func giveBack(_ elements: UnsafeMutablePointer<Float>, count: Int) {
    free[count, default: []].append(elements)
  }

  /// Forgets everything, as the arena does when it is reset.
  package func reset() {
    for size in free.keys { free[size]?.removeAll(keepingCapacity: true) }
  }
}
