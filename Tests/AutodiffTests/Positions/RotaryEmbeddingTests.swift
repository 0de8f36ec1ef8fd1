import Autodiff
import Foundation
import Testing

@Suite struct RotaryEmbeddingTests {
  @Test(arguments: [2, 16, 64])
  func anglesFollowTheFormula(headSize: Int) {
    let rotary = RotaryEmbedding(positions: 100, headSize: headSize)
    let (cosines, sines) = (rotary.cosines, rotary.sines)
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
    let rotary = RotaryEmbedding(positions: 0, headSize: 8)
    #expect(rotary.cosines.isEmpty && rotary.sines.isEmpty)
  }
}
