import Foundation
import Tensors
import Testing

@Suite struct RotaryAnglesTests {
  @Test(arguments: [2, 16, 64])
  func followTheFormula(headSize: Int) {
    let (cosines, sines) = rotaryAngles(100, headSize: headSize)
    #expect(cosines.count == 50 * headSize && sines.count == 50 * headSize)
    for position in [0, 1, 2, 50, 99] {
      for pair in 0..<headSize / 2 {
        let angle = Double(position) / pow(10_000, Double(2 * pair) / Double(headSize))
        #expect(abs(Double(cosines[position * headSize / 2 + pair]) - cos(angle)) < 1e-6)
        #expect(abs(Double(sines[position * headSize / 2 + pair]) - sin(angle)) < 1e-6)
      }
    }
  }

  @Test func noPositionsMakeEmptyTables() {
    let (cosines, sines) = rotaryAngles(0, headSize: 8)
    #expect(cosines.isEmpty && sines.isEmpty)
  }
}
