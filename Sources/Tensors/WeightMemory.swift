/// Memory for the numbers of weights that are read or converted, with a part for each type, so that parameters that
/// follow one another in the layout do so in memory.
///
/// - Safety: `@unchecked Sendable`: it is written before it is shared, never afterwards.
final class WeightMemory: @unchecked Sendable {
  private let start: UnsafeMutableRawPointer
  private var floats: UnsafeMutablePointer<Float>
  private var scales: UnsafeMutablePointer<Float>
  private var halves: UnsafeMutablePointer<UInt16>
  private var bytes: UnsafeMutablePointer<Int8>
  private let end: UnsafeMutableRawPointer

  /// Memory for as many numbers of each type, and as many scales.
  init(
    floats floatCount: Int = 0, scales scaleCount: Int = 0, halves halfCount: Int = 0,
    bytes byteCount: Int = 0
  ) {
    let size = 4 * (floatCount + scaleCount) + 2 * halfCount + byteCount
    start = allocateAligned(byteCount: max(size, 1))
    floats = start.bindMemory(to: Float.self, capacity: floatCount)
    scales = (start + 4 * floatCount).bindMemory(to: Float.self, capacity: scaleCount)
    halves = (start + 4 * (floatCount + scaleCount)).bindMemory(to: UInt16.self, capacity: halfCount)
    bytes = (start + (size - byteCount)).bindMemory(to: Int8.self, capacity: byteCount)
    end = start + size
  }

  /// Memory for the parameters of a list that are read, in their types.
  convenience init(for parameters: [(item: NamedParameter, type: WeightType)]) {
    func count(_ type: WeightType, _ size: (NamedParameter) -> Int) -> Int {
      parameters.reduce(0) { $1.type == type ? $0 + size($1.item) : $0 }
    }
    self.init(
      floats: count(.float32, \.range.count), scales: count(.int8, \.parameter.shape.rows),
      halves: count(.bfloat16, \.range.count), bytes: count(.int8, \.range.count))
  }

  deinit { start.deallocate() }

  /// Copies the numbers of the next parameter of their type.
  ///
  /// - Precondition: there is room for them.
  func append(_ values: WeightValues) -> WeightView {
    switch values {
    case .float32(let values):
      return WeightView(.float32, append(values, at: &floats), count: values.count, owner: self)
    case .bfloat16(let values):
      return WeightView(.bfloat16, append(values, at: &halves), count: values.count, owner: self)
    case .int8(let values, let rowScales):
      return WeightView(
        .int8, append(values, at: &bytes), count: values.count, scales: append(rowScales, at: &scales),
        owner: self)
    }
  }

  /// Room for floats, which the caller initializes.
  ///
  /// - Precondition: there is that much.
  func reserveFloats(_ count: Int) -> UnsafeMutablePointer<Float> {
    precondition(UnsafeMutableRawPointer(floats + count) <= end, "WeightMemory: \(count) floats too many")
    defer { floats += count }
    return floats
  }

  private func append<Number: BitwiseCopyable>(
    _ numbers: [Number], at place: inout UnsafeMutablePointer<Number>
  ) -> UnsafePointer<Number> {
    precondition(
      UnsafeMutableRawPointer(place + numbers.count) <= end, "WeightMemory: \(numbers.count) numbers too many"
    )
    let first = place
    numbers.withUnsafeBufferPointer { numbers in
      if let start = numbers.baseAddress { first.initialize(from: start, count: numbers.count) }
    }
    place += numbers.count
    return UnsafePointer(first)
  }
}
