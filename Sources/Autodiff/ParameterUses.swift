/// Which operations of a tape use which parameters, as far as it says when the parameters' gradients are complete.
///
/// A backward pass runs the derivatives in reverse. The gradient of a parameter is complete once the derivative of the
/// first operation that used it has run. Parameters are mostly used in the order of their places, so a single bound
/// describes the progress: from it on, all gradients are complete.
struct ParameterUses {
  /// The ends of parameters that were used by the operations from `step` on; both numbers increase.
  private var entries: [(step: Int, end: Int)] = []

  /// Records that the operation that records derivative `step`, or a later one, uses a parameter.
  mutating func note(_ range: Range<Int>, beforeStep step: Int) {
    guard range.upperBound > entries.last?.end ?? 0 else { return }
    entries.append((step, range.upperBound))
  }

  /// The place from which all gradients are complete when the derivatives before `step` are still to run.
  mutating func incomplete(beforeStep step: Int) -> Int {
    while let last = entries.last, last.step >= step { entries.removeLast() }
    return entries.last?.end ?? 0
  }

  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }
}
