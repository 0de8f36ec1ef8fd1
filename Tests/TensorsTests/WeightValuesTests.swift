import Tensors
import TestSupport
import Testing

@Suite struct WeightValuesTests {
  private func rounded(_ values: [Float], rows: Int = 1, to type: WeightType) throws -> WeightValues {
    try #require(WeightValues(rounding: values, rows: rows, to: type))
  }

  private func halves(_ values: [Float]) throws -> [UInt16] {
    guard case .bfloat16(let halves) = try rounded(values, to: .bfloat16) else { return [] }
    return halves
  }

  private func bytes(_ values: [Float], rows: Int = 1) throws -> (bytes: [Int8], scales: [Float]) {
    guard case .int8(let bytes, let scales) = try rounded(values, rows: rows, to: .int8) else {
      return ([], [])
    }
    return (bytes, scales)
  }

  // MARK: - bfloat16

  @Test func everyBfloat16IsItself() throws {
    let all = (UInt16.min...UInt16.max).filter { $0 & 0x7F80 != 0x7F80 }
    #expect(try halves(all.map { Float(bitPattern: UInt32($0) << 16) }) == all)
    #expect(WeightValues.bfloat16(all).floats.map(\.bitPattern) == all.map { UInt32($0) << 16 })
  }

  @Test func theNearestBfloat16IsTakenAndOfTwoTheEvenOne() throws {
    var random = RandomSource(1)
    var ties = 0
    for round in 0..<20_000 {
      var bits = UInt32(truncatingIfNeeded: random.next())
      if round % 4 == 0 { bits = bits & 0xFFFF_0000 | 0x8000 }
      let value = Float(bitPattern: bits)
      guard value.isFinite, value.magnitude < 3.3e38 else { continue }
      let (below, above) = (bits & 0xFFFF_0000, bits & 0xFFFF_0000 &+ 0x1_0000)
      let (left, right) = (distance(below, bits), distance(above, bits))
      let expected = left == right ? (below >> 16 & 1 == 0 ? below : above) : left < right ? below : above
      ties += left == right ? 1 : 0
      #expect(try halves([value]) == [UInt16(expected >> 16)], "\(value)")
    }
    #expect(ties > 1000)
  }

  private func distance(_ a: UInt32, _ b: UInt32) -> Double {
    abs(Double(Float(bitPattern: a)) - Double(Float(bitPattern: b)))
  }

  // MARK: - int8

  @Test func aRowsGreatestValueIsABytesAndTheOthersAreNearTheirs() throws {
    let (rows, columns) = (9, 37)
    var values = randomValues(rows * columns, seed: 3, deviation: 0.1)
    // Rows of very different sizes: one scale for all would lose the small ones.
    for row in 0..<rows {
      for column in 0..<columns { values[row * columns + column] *= [1, 1e-4, 1e6][row % 3] }
    }
    let (bytes, scales) = try bytes(values, rows: rows)
    let floats = try rounded(values, rows: rows, to: .int8).floats
    for row in 0..<rows {
      let range = row * columns..<(row + 1) * columns
      let greatest = values[range].reduce(0) { max($0, abs($1)) }
      #expect(scales[row] == greatest / 127)
      #expect(bytes[range].contains { abs(Int($0)) == 127 })
      for index in range {
        #expect(floats[index] == scales[row] * Float(bytes[index]))
        // One half, plus the float32 rounding errors of the quotient and the product.
        #expect(abs(floats[index] - values[index]) <= scales[row] * 0.500_02, "element \(index)")
      }
    }
  }

  @Test func tiesGoToTheEvenByte() throws {
    let values: [Float] = [127, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 126.5, -126.5, 0.49, 0.51]
    let (bytes, scales) = try bytes(values)
    #expect(scales == [1])
    #expect(bytes == [127, 0, 2, 2, 0, -2, -2, 126, -126, 0, 1])
  }

  @Test func rowsOfZerosAndOfTheSmallestNumbersAreNumbers() throws {
    let zeros = try bytes([0, -0, 0])
    #expect(zeros.bytes == [0, 0, 0] && zeros.scales == [1])
    let least = Float.leastNonzeroMagnitude
    let small = Float(1e-40 as Double)
    for values in [[least, 0, -least], [Float.leastNormalMagnitude, least], [1e-36, small]] {
      let floats = try rounded(values, to: .int8).floats
      for (float, value) in zip(floats, values) { #expect(abs(float - value) <= .leastNormalMagnitude) }
    }
    for greatest in [Float.greatestFiniteMagnitude, -3e38] {
      // May be refused where 127 scales are more than the greatest float, but never becomes infinite.
      let floats = WeightValues(rounding: [greatest, 1], rows: 1, to: .int8)?.floats ?? [0]
      #expect(!floats.contains { !$0.isFinite })
    }
  }

  // MARK: - Both

  @Test(arguments: WeightType.allCases) func whatIsNotFiniteIsRefused(_ type: WeightType) {
    for bad in [Float.nan, .infinity, -.infinity] {
      #expect(WeightValues(rounding: [1, bad, 2], rows: 1, to: type) == nil)
    }
    #expect((WeightValues(rounding: [3.4e38], rows: 1, to: type) == nil) == (type == .bfloat16))
  }

  @Test func roundingTwiceIsRoundingOnce() throws {
    let values = randomValues(60, seed: 5).map { $0 / 3 }
    for type in WeightType.allCases {
      let once = try rounded(values, rows: 4, to: type)
      #expect(once.type == type && once.count == 60)
      #expect(once.rounded(rows: 4, to: type) == once)
      #expect(once.rounded(rows: 4, to: .float32) == .float32(once.floats))
    }
    #expect(try rounded(values, to: .float32).floats == values)
  }

  @Test func rangesAreChecked() {
    #expect(WeightValues.int8([-127, 127], scales: [0, 2]).isSymmetric)
    #expect(!WeightValues.int8([-128, 127], scales: [1, 2]).isSymmetric)
    #expect(!WeightValues.int8([1, 2], scales: [1, -2]).isSymmetric)
    for scale in [Float.nan, .infinity, 3e38] {
      #expect(!WeightValues.int8([1, 2], scales: [1, scale]).isFinite)
    }
    #expect(WeightValues.int8([1, 2], scales: [1, 2e36]).isFinite)
    #expect(!WeightValues.bfloat16([0x3F80, 0x7F80]).isFinite)
    #expect(!WeightValues.bfloat16([0xFFC1]).isFinite)
    #expect(!WeightValues.float32([1, .nan]).isFinite)
  }
}
