import Tensors
import TestSupport
import Testing

@Suite struct FlatBufferVectorTests {
  private func buffer(seed: UInt64) -> FlatBuffer {
    let buffer = FlatBuffer(count: 40)
    buffer.replace(at: 0, with: randomValues(40, seed: seed))
    return buffer
  }

  /// Runs something on the slice 3..<37 and expects the rest to stay.
  private func expectSlice(
    _ change: (FlatBuffer, FlatBuffer, Range<Int>) -> Void, _ rule: (Float, Float) -> Float
  ) {
    let (x, y) = (buffer(seed: 1), buffer(seed: 2))
    let (before, other) = (x.array, y.array)
    change(x, y, 3..<37)
    for index in 0..<40 {
      let expected = (3..<37).contains(index) ? rule(before[index], other[index]) : before[index]
      #expect(abs(x.array[index] - expected) < 1e-6, "element \(index)")
    }
    #expect(y.array == other)
  }

  @Test func slicesChangeAndTheirNeighborsStay() {
    expectSlice({ $0.add($1, in: $2) }, { $0 + $1 })
    expectSlice({ $0.copy($1, in: $2) }, { $1 })
    expectSlice({ x, _, range in x.clear(range) }, { _, _ in 0 })
    expectSlice({ $0.approach($1, share: 0.25, in: $2) }, { $0 + 0.25 * ($1 - $0) })
  }

  @Test func squaresOfASliceAddUp() {
    let x = buffer(seed: 1)
    let expected = x.array[3..<37].reduce(0) { $0 + Double($1) * Double($1) }
    #expect(abs(x.sumOfSquares(3..<37) - expected) < 1e-12 * expected)
    #expect(x.sumOfSquares(5..<5) == 0)
  }

  @Test func anUpdateInSlicesIsTheUpdateOfAll() {
    let numbers = AdamNumbers(
      gradientScale: 0.5, rate: 0.01, beta1: 0.9, beta2: 0.98, epsilon: 1e-9, correction1: 0.1,
      correction2: 0.02,
      weightDecay: 0.1)
    func update(_ ranges: [Range<Int>]) -> [[Float]] {
      let buffers = [buffer(seed: 1), buffer(seed: 2), FlatBuffer(count: 40), FlatBuffer(count: 40)]
      for range in ranges {
        buffers[0].updateByAdam(
          gradient: buffers[1], firstMoment: buffers[2], secondMoment: buffers[3], numbers: numbers, in: range
        )
      }
      return buffers.map(\.array)
    }
    let whole = update([0..<40])
    #expect(update([0..<7, 7..<24, 24..<40]) == whole)
    #expect(whole[0] != buffer(seed: 1).array)
  }
}
