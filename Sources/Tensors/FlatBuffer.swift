#if os(Linux)
  private import Glibc
#endif

/// A fixed run of floats, aligned to a cache line: all parameters of a model, or all their gradients.
///
/// - Safety: `@unchecked Sendable`. It has no lock: whoever shares one between threads keeps writers
///   apart, as the trainer does: workers read parameters while nobody writes them, and each slice of an
///   update is written by one thread.
public final class FlatBuffer: @unchecked Sendable {
  /// Floats in the buffer.
  public let count: Int
  /// The first of them.
  @unsafe public let elements: UnsafeMutablePointer<Float>

  /// A buffer of zeros.
  public init(count: Int) {
    self.count = count
    elements = allocateAligned(count)
    elements.initialize(repeating: 0, count: count)
  }

  deinit { elements.deallocate() }

  /// A copy of the floats in `range`.
  public func array(_ range: Range<Int>) -> [Float] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "FlatBuffer: \(range) of \(count)")
    return Array(UnsafeBufferPointer(start: elements + range.lowerBound, count: range.count))
  }

  /// A copy of all floats.
  public var array: [Float] { array(0..<count) }

  /// Overwrites the floats from `offset` on.
  public func replace(at offset: Int, with values: [Float]) {
    precondition(
      offset >= 0 && offset + values.count <= count, "FlatBuffer: \(values.count) at \(offset) of \(count)")
    (elements + offset).update(from: values, count: values.count)
  }

  /// Sets every float to zero.
  public func clear() { elements.update(repeating: 0, count: count) }

  /// Sets every float to zero and gives the memory to the system, for something else to use until a float is
  /// touched again.
  public func clearAndRelease() {
    #if os(Linux)
      // Whole pages come back as zeros; what lies before and behind them is cleared by hand.
      let page = Int(sysconf(Int32(_SC_PAGESIZE)))
      let (start, end) = (Int(bitPattern: elements), Int(bitPattern: elements + count))
      let (first, last) = ((start + page - 1) / page * page, end / page * page)
      if first < last, let pages = UnsafeMutableRawPointer(bitPattern: first),
        madvise(pages, last - first, Int32(MADV_DONTNEED)) == 0
      {
        elements.update(repeating: 0, count: (first - start) / 4)
        (elements + (last - start) / 4).update(repeating: 0, count: (end - last) / 4)
        return
      }
    #endif
    clear()
  }
}

/// Memory for floats on a cache line's border, as vector loads and the matrix library like it.
func allocateAligned(_ count: Int) -> UnsafeMutablePointer<Float> {
  UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4, alignment: 64).bindMemory(
    to: Float.self, capacity: max(count, 1))
}
