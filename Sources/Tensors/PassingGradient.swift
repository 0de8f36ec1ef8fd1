/// The gradient of an activation, which has memory from the first derivative that reaches it until the derivative of
/// the operation that made the activation has run.
///
/// A backward pass visits the activations from last to first. At any time it needs only the gradients of a few
/// neighbors, so all gradients together take no more memory than the values of a layer, and one that was just set to
/// zero is still in the cache when it is added to.
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

  /// The sums so far: zeros at the first call, nil after ``giveBack()``.
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

  /// Releases the memory for other gradients; nothing may be added or read afterwards.
  package func giveBack() {
    if case .held(let elements) = state { pool.giveBack(elements, count: count) }
    state = .over
  }
}

/// The target of a derivative that has a value for every element of a tensor.
package struct GradientTarget {
  /// A float for each element.
  package let elements: UnsafeMutablePointer<Float>
  /// Whether the derivative is added to existing sums; if false, it overwrites the elements.
  package let accumulates: Bool
}

/// Memory for short-lived gradients, from an arena.
///
/// A model's gradients have only a few sizes, so released memory fits the next gradient of its size exactly.
package final class GradientPool {
  private let arena: Arena
  private var free: [Int: [UnsafeMutablePointer<Float>]] = [:]

  /// A pool that allocates from `arena`.
  package init(_ arena: Arena) { self.arena = arena }

  fileprivate func take(_ count: Int) -> UnsafeMutablePointer<Float> {
    free[count]?.popLast() ?? arena.allocate(count)
  }

  fileprivate func giveBack(_ elements: UnsafeMutablePointer<Float>, count: Int) {
    free[count, default: []].append(elements)
  }

  /// Forgets all memory; to be called when the arena is reset.
  package func reset() {
    for size in free.keys { free[size]?.removeAll(keepingCapacity: true) }
  }
}
