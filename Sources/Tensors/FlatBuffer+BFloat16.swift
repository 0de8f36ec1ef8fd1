private import CKernels

/// Floats rounded to bfloat16, two of which take the place of a float; offsets count bfloat16.
extension FlatBuffer {
  /// Rounds a slice of another buffer, and stores it in this one.
  ///
  /// What rounding loses is added before the slice is rounded the next time, so that over many calls nothing is lost.
  ///
  /// - Parameters:
  ///   - source: holds the floats.
  ///   - range: the slice.
  ///   - error: as many floats as `source`: what earlier calls lost, which is replaced.
  ///   - offset: where the rounded slice begins in this buffer.
  ///
  /// Source: Seide et al. 2014, "1-Bit Stochastic Gradient Descent and its Application to Data-Parallel Distributed
  /// Training of Speech DNNs": error feedback.
  public func storeRounded(_ source: FlatBuffer, in range: Range<Int>, error: FlatBuffer, at offset: Int) {
    source.check(range, error)
    vector_round_bfloat16(
      rounded(offset, range.count), source.elements + range.lowerBound, error.elements + range.lowerBound,
      range.count)
  }

  /// Adds rounded floats of another buffer to a slice of this one.
  public func addRounded(_ other: FlatBuffer, at offset: Int, in range: Range<Int>) {
    check(range)
    vector_add_bfloat16(elements + range.lowerBound, other.rounded(offset, range.count), range.count)
  }

  /// Overwrites a slice of this buffer with rounded floats of another one.
  public func copyRounded(_ other: FlatBuffer, at offset: Int, in range: Range<Int>) {
    check(range)
    vector_from_bfloat16(elements + range.lowerBound, other.rounded(offset, range.count), range.count)
  }

  /// The place of bfloat16.
  private func rounded(_ offset: Int, _ count: Int) -> UnsafeMutablePointer<UInt16> {
    precondition(
      offset >= 0 && offset + count <= 2 * self.count,
      "FlatBuffer: \(count) bfloat16 at \(offset) of \(2 * self.count)")
    return UnsafeMutableRawPointer(elements).assumingMemoryBound(to: UInt16.self) + offset
  }
}
