import Recipes
import Tensors
import Testing

@Suite struct PrecisionRuleTests {
  /// Speeds of float32 and bfloat16 in GFLOP/s.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let float32: Double
    let bfloat16: Double?
    let precision: MatrixPrecision
    let reason: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "twice as fast", float32: 240, bfloat16: 480, precision: .bfloat16, reason: "2.00 times as fast"),
    Case(
      name: "one product per cycle, behind float32", float32: 100, bfloat16: 60, precision: .float32,
      reason: "0.60 times as fast"),
    Case(
      name: "as fast", float32: 100, bfloat16: 101, precision: .float32, reason: "and 1.15 is needed"),
    Case(
      name: "just fast enough", float32: 100, bfloat16: 115, precision: .bfloat16,
      reason: "1.15 times as fast"),
    Case(
      name: "tiles", float32: 100, bfloat16: 1200, precision: .bfloat16, reason: "12.00 times as fast"),
    Case(name: "no bfloat16", float32: 50, bfloat16: nil, precision: .float32, reason: "has no bfloat16"),
    Case(name: "no measurement", float32: 0, bfloat16: nil, precision: .float32, reason: "has no bfloat16"),
  ]

  @Test(arguments: cases) func theMeasuredProductDecides(_ item: Case) {
    let speed = ProductSpeed(float32: item.float32 * 1e9, bfloat16: item.bfloat16.map { $0 * 1e9 })
    let choice = PrecisionRule.choice(speed)
    #expect(choice.option == "--precision" && choice.value == item.precision.rawValue)
    #expect(choice.reason.contains(item.reason), "\(choice.reason)")
    #expect(PrecisionRule.precision(speed) == item.precision)
  }
}
