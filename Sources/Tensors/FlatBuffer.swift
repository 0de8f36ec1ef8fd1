#if os(Linux)
  private import Glibc
#endif

/// A fixed number of floats, aligned to a cache line: all parameters of a model, or all their gradients.
///
/// - Safety: `@unchecked Sendable`. There is no lock: code that shares a buffer between threads must prevent concurrent
///   writes. In the trainer, workers read parameters only while no thread writes them, and one thread writes each slice
///   of an update.
public final class FlatBuffer: @unchecked Sendable {
  /// Floats in the buffer.
  public let count: Int
  /// The first float.
  @unsafe public let elements: UnsafeMutablePointer<Float>

  /// A buffer of zeros.
  public init(count: Int) {
    self.count = count
    elements = allocateAligned(count)
    if count >= Self.untouchedCount {
      // Parts that are never used take no memory.
      clearAndRelease()
    } else {
      elements.initialize(repeating: 0, count: count)
    }
  }

  /// Buffers of at least this size, 1 MiB, get their memory from the system when it is first used.
  private static let untouchedCount = 1 << 18

  deinit { elements.deallocate() }

  /// A copy of the floats in `range`.
  public func array(_ range: Range<Int>) -> [Float] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "FlatBuffer: \(range) of \(count)")
    return Array(UnsafeBufferPointer(start: elements + range.lowerBound, count: range.count))
  }

  /// A copy of all floats.
  public var array: [Float] { array(0..<count) }

  /// Overwrites the floats starting at `offset`.
  public func replace(at offset: Int, with values: [Float]) {
    precondition(
      offset >= 0 && offset + values.count <= count, "FlatBuffer: \(values.count) at \(offset) of \(count)")
    (elements + offset).update(from: values, count: values.count)
  }

  /// Sets every float to zero.
  public func clear() { elements.update(repeating: 0, count: count) }

  /// Sets every float to zero and returns the memory to the system until a float is touched again.
  public func clearAndRelease() {
    #if os(Linux)
      // Whole pages come back as zeros; the floats before and after them are cleared here.
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
