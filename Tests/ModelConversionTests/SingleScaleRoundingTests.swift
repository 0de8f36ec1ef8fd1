import ModelConversion
import Testing

@Suite struct SingleScaleRoundingTests {
  /// 127 and numbers between the steps: each goes to the nearest.
  @Test func numbersAnywhereGoToTheNearest() {
    let values = (0..<1000).map { Float($0 % 127) + 0.37 * Float($0 % 3) } + [127]
    let rounded = SingleScaleRounding(values)
    #expect(rounded.multiplier == 1)
    #expect(rounded.bytes.map { Float($0) } == values.map { $0.rounded(.toNearestOrEven) })
  }

  /// Weights that were bytes and were moved by a tenth of a step keep that tenth on average.
  @Test(arguments: [Float(0.1), -0.1])
  func smallChangesSurviveOnAverage(change: Float) {
    let before = (0..<20_000).map { Float($0 % 101 - 50) } + [127]
    let values = before.map { $0 == 127 ? $0 : $0 + change }
    let rounded = SingleScaleRounding(values)
    let mean = zip(rounded.bytes, before).reduce(0) { $0 + Float($1.0) - $1.1 } / Float(values.count)
    #expect(abs(mean - change) < 0.01, "\(mean)")
    #expect(zip(rounded.bytes, values).allSatisfy { abs(Float($0) - $1) < 1 })
    #expect(SingleScaleRounding(values).bytes == rounded.bytes)
  }

  /// Weights that were bytes and were moved by 0.3 of a step on average keep what moved them; the nearest bytes would lose
  /// two fifths of it.
  @Test func largerChangesSurviveOnAverage() {
    let before = (0..<20_000).map { Float($0 % 101 - 50) } + [127]
    let changes = before.indices.map {
      before[$0] == 127 ? 0 : Float($0 * 37 % 121 + $0 * 53 % 113 - 116) * 0.37 / 60
    }
    let rounded = SingleScaleRounding(zip(before, changes).map { $0 + $1 })
    let kept = zip(zip(rounded.bytes, before), changes).reduce(0) { $0 + (Float($1.0.0) - $1.0.1) * $1.1 }
    let whole = changes.reduce(0) { $0 + $1 * $1 }
    #expect(abs(kept / whole - 1) < 0.05, "\(kept / whole)")
  }

  @Test func unmovedNumbersStay() {
    let values = (0..<5000).map { 0.03 * Float($0 % 255 - 127) }
    #expect(SingleScaleRounding(values).bytes.map { Int($0) } == (0..<5000).map { $0 % 255 - 127 })
    #expect(SingleScaleRounding([0, 0]).bytes == [0, 0])
  }
}
