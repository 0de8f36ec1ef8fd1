import Autodiff
import Foundation
import Testing

@Suite struct PositionTableTests {
  private func sinusoidal(_ positions: Int, size: Int, halves: Bool = false) -> [Float] {
    guard case .sines(let table) = PositionTable.sinusoidal(positions, size: size, halves: halves) else {
      return []
    }
    return table.rows(positions)
  }

  /// However the table grows, its rows are the same.
  @Test func rowsAreComputedWhenTheyAreNeeded() {
    let all = sinusoidal(300, size: 6)
    guard case .sines(let table) = PositionTable.sinusoidal(300, size: 6) else { return }
    for needed in [0, 1, 33, 20, 150, 151, 300, 299] {
      let rows = table.rows(needed)
      #expect(rows.count >= needed * 6 && rows.count <= all.count)
      #expect(rows == Array(all[..<rows.count]), "\(needed) rows")
    }
    #expect(table.rows(300) == all)
  }

  @Test(arguments: [2, 16, 128, 512])
  func sinesFollowTheFormula(size: Int) {
    let (interleaved, halves) = (
      sinusoidal(100, size: size), sinusoidal(100, size: size, halves: true)
    )
    for position in [0, 1, 2, 50, 99] {
      for pair in 0..<size / 2 {
        let angle = Double(position) / pow(10_000, Double(2 * pair) / Double(size))
        let row = position * size
        #expect(abs(Double(interleaved[row + 2 * pair]) - sin(angle)) < 1e-6)
        #expect(abs(Double(interleaved[row + 2 * pair + 1]) - cos(angle)) < 1e-6)
        #expect(halves[row + pair] == interleaved[row + 2 * pair])
        #expect(halves[row + size / 2 + pair] == interleaved[row + 2 * pair + 1])
      }
    }
  }

  @Test(arguments: [false, true])
  func oddSizesEndInASine(halves: Bool) {
    let table = sinusoidal(3, size: 5, halves: halves)
    #expect(table.count == 15)
    let angle = pow(10_000, -4.0 / 5)
    #expect(abs(Double(table[5 + (halves ? 2 : 4)]) - sin(angle)) < 1e-7)
  }

  @Test func noPositionsMakeAnEmptyTable() { #expect(sinusoidal(0, size: 8).isEmpty) }
}
