private import CKernels

/// The numbers of one parameter as they are stored, row by row.
///
/// Bytes are quantized symmetrically, with one scale per output row: weight = scale of its row · byte, with bytes from
/// -127 to 127.
///
/// Source: Wu et al. 2020, "Integer Quantization for Deep Learning Inference: Principles and Empirical Evaluation",
/// sections 3.1.2 (scale quantization) and 3.2 (one scale per output channel).
public enum WeightValues: Sendable, Equatable {
  /// 32-bit floats.
  case float32([Float])
  /// The upper halves of 32-bit floats.
  case bfloat16([UInt16])
  /// Bytes, and a scale for each row.
  case int8([Int8], scales: [Float])

  /// The type of the numbers.
  public var type: WeightType {
    switch self {
    case .float32: .float32
    case .bfloat16: .bfloat16
    case .int8: .int8
    }
  }

  /// The number of weights, not counting scales.
  public var count: Int {
    switch self {
    case .float32(let values): values.count
    case .bfloat16(let halves): halves.count
    case .int8(let bytes, _): bytes.count
    }
  }

  /// The numbers as 32-bit floats, each rounded at most once.
  public var floats: [Float] {
    switch self {
    case .float32(let values): return values
    case .bfloat16(let halves): return halves.map(float(bfloat16Bits:))
    case .int8(let bytes, let scales):
      let columns = bytes.count / max(scales.count, 1)
      return scales.enumerated().flatMap { row, scale in
        bytes[row * columns..<(row + 1) * columns].map { scale * Float($0) }
      }
    }
  }

  /// Whether every number, as a 32-bit float, is neither NaN nor infinite.
  public var isFinite: Bool {
    switch self {
    case .float32(let values): values.allSatisfy(\.isFinite)
    case .bfloat16(let halves): halves.allSatisfy { float(bfloat16Bits: $0).isFinite }
    case .int8(_, let scales): scales.allSatisfy { ($0 * greatestByte).isFinite }
    }
  }

  /// Whether no byte is -128 and no scale is negative.
  public var isSymmetric: Bool {
    guard case .int8(let bytes, let scales) = self else { return true }
    return !bytes.contains(.min) && !scales.contains { $0 < 0 }
  }
}

// MARK: - Rounding

extension WeightValues {
  /// Rounds floats to the nearest numbers of a type; nil if a value is NaN or infinite, or becomes infinite.
  ///
  /// Ties go to the even number. A row's scale is its greatest absolute value / 127, so that rounding moves a weight by
  /// at most half a scale. A row of zeros gets the scale 1, and one whose scale would be subnormal the smallest normal
  /// number, for the same bound.
  ///
  /// - Parameters:
  ///   - values: row by row.
  ///   - rows: the number of rows, which all have the same length.
  ///   - type: what to round to.
  public init?(rounding values: [Float], rows: Int, to type: WeightType) {
    precondition(
      rows > 0 && !values.isEmpty && values.count.isMultiple(of: rows),
      "rounding: \(values.count) values in \(rows) rows")
    guard values.allSatisfy(\.isFinite) else { return nil }
    switch type {
    case .float32: self = .float32(values)
    case .bfloat16: self = .bfloat16(values.map(bfloat16Bits(rounding:)))
    case .int8:
      var bytes = [Int8](repeating: 0, count: values.count)
      var scales = [Float](repeating: 0, count: rows)
      guard int8_round(&bytes, &scales, values, rows, values.count / rows) != 0 else { return nil }
      self = .int8(bytes, scales: scales)
    }
    guard isFinite else { return nil }
  }

  /// The numbers rounded to a type; unchanged if they already have it.
  ///
  /// - Returns: nil if rounding makes a number infinite.
  public func rounded(rows: Int, to type: WeightType) -> WeightValues? {
    type == self.type ? self : WeightValues(rounding: floats, rows: rows, to: type)
  }
}

let greatestByte: Float = 127

/// The upper half of the nearest float whose lower half is zeros; ties go to the even one.
///
/// Infinite if the value rounds beyond the greatest bfloat16. Not valid for NaN.
func bfloat16Bits(rounding value: Float) -> UInt16 {
  let bits = value.bitPattern
  return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
}

/// The float whose upper half is given.
func float(bfloat16Bits: UInt16) -> Float { Float(bitPattern: UInt32(bfloat16Bits) << 16) }
