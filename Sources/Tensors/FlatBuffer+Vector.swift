private import CKernels

/// Arithmetic on slices, for optimizers and reductions: each call works on one slice on the calling thread.
extension FlatBuffer {
  /// Adds another buffer's slice to the same slice of this one.
  public func add(_ other: FlatBuffer, in range: Range<Int>) {
    check(range, other)
    vector_add(elements + range.lowerBound, other.elements + range.lowerBound, range.count)
  }

  /// Adds floats of another buffer, from `offset` on, to a slice of this one.
  public func add(_ other: FlatBuffer, at offset: Int, in range: Range<Int>) {
    check(range)
    other.check(offset..<offset + range.count)
    vector_add(elements + range.lowerBound, other.elements + offset, range.count)
  }

  /// Copies another buffer's slice.
  public func copy(_ other: FlatBuffer, in range: Range<Int>) {
    check(range, other)
    (elements + range.lowerBound).update(from: other.elements + range.lowerBound, count: range.count)
  }

  /// Overwrites a slice with floats of another buffer, from `offset` on.
  public func copy(_ other: FlatBuffer, at offset: Int, in range: Range<Int>) {
    check(range)
    other.check(offset..<offset + range.count)
    (elements + range.lowerBound).update(from: other.elements + offset, count: range.count)
  }

  /// Stores a slice of another buffer from `offset` on.
  public func store(_ other: FlatBuffer, in range: Range<Int>, at offset: Int) {
    other.check(range)
    check(offset..<offset + range.count)
    (elements + offset).update(from: other.elements + range.lowerBound, count: range.count)
  }

  /// Sets a slice to zero.
  public func clear(_ range: Range<Int>) {
    check(range)
    (elements + range.lowerBound).update(repeating: 0, count: range.count)
  }

  /// The sum of the squares of a slice, in double precision.
  public func sumOfSquares(_ range: Range<Int>) -> Double {
    check(range)
    return vector_sum_of_squares(elements + range.lowerBound, range.count)
  }

  /// Moves a slice toward another buffer's: `x += share · (other - x)`.
  public func approach(_ other: FlatBuffer, share: Float, in range: Range<Int>) {
    check(range, other)
    vector_approach(elements + range.lowerBound, other.elements + range.lowerBound, range.count, share)
  }

  func check(_ range: Range<Int>, _ other: FlatBuffer? = nil) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count && (other?.count ?? count) == count,
      "FlatBuffer: \(range) of \(count), other \(other?.count ?? count)")
  }
}
