/// A parameter's numbers where they are stored, such as in a mapped file.
///
/// - Safety: `@unchecked Sendable`: the memory is not written as long as its owner lives, and the owner lives as long as
///   the view.
@unsafe package struct WeightView: @unchecked Sendable {
  /// The type of the numbers.
  package let type: WeightType
  /// The first number, at a multiple of the size of its type.
  package let numbers: UnsafeRawPointer
  /// The number of weights, not counting scales.
  package let count: Int
  /// The scale of each row of an int8 matrix; nil for other types.
  package let scales: UnsafePointer<Float>?
  /// Keeps the memory.
  package let owner: any AnyObject & Sendable
  /// Whether the memory is that of a mapped file, from which the system can restore it.
  package let isMapped: Bool

  /// A view of `count` numbers in memory that `owner` keeps.
  package init(
    _ type: WeightType, _ numbers: UnsafeRawPointer, count: Int, scales: UnsafePointer<Float>? = nil,
    owner: any AnyObject & Sendable, isMapped: Bool = false
  ) {
    precondition((type == .int8) == (scales != nil), "WeightView: scales are for int8 alone")
    precondition(
      Int(bitPattern: numbers).isMultiple(of: type.size) && Int(bitPattern: scales).isMultiple(of: 4),
      "WeightView: \(type) numbers are not aligned")
    (self.type, self.numbers, self.count, self.scales) = (type, numbers, count, scales)
    (self.owner, self.isMapped) = (owner, isMapped)
  }

  /// Whether every number of a matrix of `rows` rows, as a 32-bit float, is neither NaN nor infinite.
  package func isFinite(rows: Int) -> Bool {
    switch type {
    case .float32: allHaveExponents(below: 0x7F80_0000, as: UInt32.self)
    case .bfloat16: allHaveExponents(below: 0x7F80, as: UInt16.self)
    case .int8:
      scales.map { scales in (0..<rows).allSatisfy { (scales[$0] * greatestByte).isFinite } } ?? false
    }
  }

  /// Whether no byte is -128 and none of the scales of `rows` rows is negative.
  package func isSymmetric(rows: Int) -> Bool {
    guard type == .int8, let scales else { return true }
    let bytes = numbers.assumingMemoryBound(to: Int8.self)
    // Without an early end, so that the compiler uses vectors.
    var least: Int8 = 0
    for index in 0..<count { least = min(least, bytes[index]) }
    return least > .min && (0..<rows).allSatisfy { scales[$0] >= 0 }
  }

  /// NaN and infinity have all bits of the exponent set.
  private func allHaveExponents<Bits: FixedWidthInteger>(below exponent: Bits, as _: Bits.Type) -> Bool {
    let bits = numbers.assumingMemoryBound(to: Bits.self)
    var greatest: Bits = 0
    for index in 0..<count { greatest = max(greatest, bits[index] & exponent) }
    return greatest < exponent
  }
}

extension WeightType {
  /// The size of a number in bytes.
  package var size: Int {
    switch self {
    case .float32: 4
    case .bfloat16: 2
    case .int8: 1
    }
  }
}
