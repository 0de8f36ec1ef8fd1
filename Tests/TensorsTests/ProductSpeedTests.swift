import Tensors
import Testing

@Suite struct ProductSpeedTests {
  @Test func everyPrecisionOfThisProcessorIsMeasuredOnce() throws {
    let layer = ProductSpeed.Layer(inputs: 48, outputs: 80)
    let speed = ProductSpeed.measured(layer)
    #expect(speed.float32 > 1e6 && speed.float32.isFinite)
    #expect((speed.bfloat16 == nil) == (MatrixPrecision.bfloat16.problem != nil))
    #expect((speed.bfloat16 ?? 1e7) > 1e6 && (speed.bfloat16 ?? 0).isFinite)
    // Two measurements would not give the same number to the bit.
    #expect(ProductSpeed.measured(layer) == speed)
  }

  @Test func gainIsAMultipleOfFloat32() {
    #expect(ProductSpeed(float32: 2e9, bfloat16: 3e9).gain == 1.5)
    #expect(ProductSpeed(float32: 2e9, bfloat16: nil).gain == nil)
  }
}
