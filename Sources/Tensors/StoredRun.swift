#if os(Linux)
  private import Glibc
#endif

/// Consecutive parameters of the same type whose numbers, and scales if there are any, follow one another in memory.
///
/// - Safety: `@unchecked Sendable`: the memory is that of views, see ``WeightView``. Their owners are kept by the weights
///   and not here, where threads would count references for each parameter that they look up.
struct StoredRun: @unchecked Sendable {
  let type: WeightType
  /// Their numbers in the layout of all parameters.
  var range: Range<Int>
  /// How many numbers share a scale; 0 if there are no scales.
  let columns: Int
  /// Whether the memory is that of a mapped file.
  private let isMapped: Bool
  private let start: UnsafeRawPointer
  let scales: UnsafePointer<Float>?

  /// The run of one parameter.
  init(_ view: WeightView, range: Range<Int>, columns: Int) {
    (type, start, scales, isMapped) = (view.type, view.numbers, view.scales, view.isMapped)
    (self.range, self.columns) = (range, columns)
  }

  /// Bytes that the numbers and their scales take up.
  var byteCount: Int { range.count * type.size + (columns > 0 ? 4 * range.count / columns : 0) }

  /// The numbers as what they are.
  func numbers<Number>(_ type: Number.Type) -> UnsafePointer<Number> {
    start.assumingMemoryBound(to: type)
  }

  /// Whether the numbers of another run follow those of this one, so that the two can be merged.
  func isFollowed(by next: StoredRun) -> Bool {
    guard type == next.type, columns == next.columns, isMapped == next.isMapped,
      range.upperBound == next.range.lowerBound,
      start + range.count * type.size == next.start
    else { return false }
    return scales.map { $0 + range.count / columns } == next.scales
  }

  /// The scale of the row that contains a number.
  func scale(at place: Int) -> Float {
    guard let scales else { return 1 }
    return scales[(place - range.lowerBound) / columns]
  }

  /// Gives the pages of numbers of a mapped file back to the system, which maps them again if they are needed.
  ///
  /// - Parameter part: which numbers of the layout; within ``range``.
  func releasePages(of part: Range<Int>) {
    #if os(Linux)
      guard isMapped else { return }
      let page = Int(sysconf(Int32(_SC_PAGESIZE)))
      let first = Int(bitPattern: start) + (part.lowerBound - range.lowerBound) * type.size
      // Whole pages: the rest may be of parameters that are still to be read.
      let (low, high) = ((first + page - 1) / page * page, (first + part.count * type.size) / page * page)
      guard low < high, let memory = UnsafeMutableRawPointer(bitPattern: low) else { return }
      _ = madvise(memory, high - low, Int32(MADV_DONTNEED))
    #endif
  }

  /// Converts consecutive numbers to 32-bit floats.
  ///
  /// - Parameters:
  ///   - part: which numbers of the layout; within ``range``.
  ///   - target: receives as many floats.
  func convert(_ part: Range<Int>, to target: UnsafeMutablePointer<Float>) {
    let start = part.lowerBound - range.lowerBound
    switch type {
    case .float32: target.update(from: numbers(Float.self) + start, count: part.count)
    case .bfloat16:
      let halves = numbers(UInt16.self) + start
      for index in 0..<part.count { target[index] = float(bfloat16Bits: halves[index]) }
    case .int8:
      let bytes = numbers(Int8.self) + start
      var place = part.lowerBound
      while place < part.upperBound {
        let rowEnd = place + columns - (place - range.lowerBound) % columns
        let (first, end) = (place - part.lowerBound, min(part.upperBound, rowEnd) - part.lowerBound)
        let scale = scale(at: place)
        for index in first..<end { target[index] = scale * Float(bytes[index]) }
        place = part.lowerBound + end
      }
    }
  }
}
