import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct DistanceBiasTests {
  /// The geometric sequences that section 3 of Press and others gives for 8 and 16 heads.
  @Test func slopesOfPowersOfTwoAreThoseOfThePaper() {
    #expect(DistanceBias(heads: 1).slopes == [1 / 256])
    #expect(DistanceBias(heads: 2).slopes == [1 / 16, 1 / 256])
    #expect(DistanceBias(heads: 8).slopes == [1, 2, 3, 4, 5, 6, 7, 8].map { 1 / Float(1 << $0) })
    let root = Float(0.5).squareRoot()
    let sixteen = (0..<8).flatMap { [root / Float(1 << $0), 1 / Float(2 << $0)] }
    #expect(Deviation(DistanceBias(heads: 16).slopes, from: sixteen).worst < 1e-6)
  }

  /// From `get_slopes` in the authors' code.
  @Test(
    arguments: [
      (3, [0.0625, 0.00390625, 0.25]),
      (6, [0.25, 0.0625, 0.015625, 0.00390625, 0.5, 0.125]),
      (
        12,
        [
          0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625, 0.0078125, 0.00390625, 0.70710678, 0.35355339,
          0.17677670, 0.08838835,
        ]
      ),
    ] as [(Int, [Float])])
  func slopesOfOtherNumbersAreInterpolated(heads: Int, expected: [Float]) {
    #expect(Deviation(DistanceBias(heads: heads).slopes, from: expected).worst < 1e-6)
  }

  static let headSizes = [1, 16, 17]

  @Test(arguments: headSizes, [false, true])
  func attentionAgreesWithReference(headSize: Int, causal: Bool) {
    for heads in [1, 3] {
      let (size, bias) = (heads * headSize, DistanceBias(heads: heads))
      expectMatchesReference(shapes: [[54, 3 * size]]) { tape, inputs in
        tape.attend(
          AttentionInputs(selfAttention: tape.tensor(inputs[0])), heads: heads, spans: AttendTests.sentences,
          causal: causal, positions: .distanceBias(bias))
      } reference: { inputs in
        Reference.attention(
          inputs[0].columns(0..<size), inputs[0].columns(size..<2 * size),
          inputs[0].columns(2 * size..<3 * size), heads: heads, spans: AttendTests.sentences, causal: causal,
          slopes: bias.slopes)
      }
    }
  }

  @Test(arguments: headSizes, [false, true])
  func gradientsMatchFiniteDifferences(headSize: Int, causal: Bool) {
    for (lengths, rate) in [([1, 6, 2], Float(0)), ([17], 0.3)] {
      expectGradientsMatch(shapes: [[lengths.reduce(0, +), 6 * headSize]], deviation: 0.7) { tape, inputs in
        tape.attend(
          AttentionInputs(selfAttention: tape.tensor(inputs[0])), heads: 2,
          spans: AttendTests.spans(of: lengths), causal: causal,
          positions: .distanceBias(DistanceBias(heads: 2)), dropoutRate: rate)
      }
    }
  }

  /// With equal scores and the values 1, 0, 0, … the output is the first key's weight.
  @Test func weightsFallByTheSlope() {
    let rows = 5
    let parameters = RandomParameters([[rows, 3]])
    parameters.values.replace(
      at: 0, with: (0..<rows).flatMap { [0, 0, $0 == 0 ? 1 : 0] as [Float] })
    let tape = Tape(inference: parameters.values)
    for causal in [false, true] {
      let y = tape.attend(
        AttentionInputs(selfAttention: tape.tensor(parameters.handles[0])), heads: 1,
        spans: AttendTests.spans(of: [rows]), causal: causal, positions: .distanceBias(DistanceBias(heads: 1))
      ).array
      for query in 0..<rows {
        let keys = causal ? 0...query : 0...rows - 1
        let weights = Reference.softmax(keys.map { -Double(abs(query - $0)) / 256 })
        #expect(abs(Double(y[query]) - weights[0]) < 1e-6)
      }
    }
  }
}
