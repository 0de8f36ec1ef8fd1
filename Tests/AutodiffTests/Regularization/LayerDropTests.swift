import Autodiff
import Tensors
import Testing

@Suite struct LayerDropTests {
  private func training(_ seed: UInt64) -> Tape {
    let tape = Tape(training: FlatBuffer(count: 1), gradients: FlatBuffer(count: 1))
    tape.reset(random: RandomSource(seed))
    return tape
  }

  @Test(arguments: [Float(0.1), 0.5])
  func dropsTheRateInOrder(rate: Float) {
    let layers = Array(0..<20_000)
    let kept = training(1).layerDrop(layers, rate: rate)
    #expect(kept == kept.sorted())
    let share = 1 - Double(kept.count) / Double(layers.count)
    // Five standard deviations of a binomial share.
    #expect(abs(share - Double(rate)) < 5 * (Double(rate * (1 - rate)) / Double(layers.count)).squareRoot())
  }

  @Test func everyUseIsDrawnAnewFromTheTapesSource() {
    let layers = Array(0..<100)
    let (tape, again, other) = (training(1), training(1), training(2))
    let first = tape.layerDrop(layers, rate: 0.5)
    #expect(tape.layerDrop(layers, rate: 0.5) != first)
    #expect(again.layerDrop(layers, rate: 0.5) == first)
    #expect(other.layerDrop(layers, rate: 0.5) != first)
  }

  @Test func allLayersStayOutsideOfTrainingOrAtRateZero() {
    let layers = Array(0..<100)
    #expect(Tape(inference: FlatBuffer(count: 1)).layerDrop(layers, rate: 0.5) == layers)
    #expect(training(1).layerDrop(layers, rate: 0) == layers)
  }
}
