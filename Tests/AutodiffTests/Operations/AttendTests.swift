import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct AttendTests {
  static let headSizes = [1, 8, 16, 17, 32, 40, 48, 64]
  /// Sentences of 1, 17, 3 and 33 tokens, one after another.
  static let sentences = spans(of: [1, 17, 3, 33])

  static func spans(of lengths: [Int]) -> [AttentionSpan] {
    var first = 0
    return lengths.map { length in
      defer { first += length }
      return AttentionSpan(queries: first..<first + length, keys: first..<first + length)
    }
  }

  @Test(arguments: headSizes, [false, true])
  func selfAttentionAgreesWithReference(headSize: Int, causal: Bool) {
    for heads in [1, 3] {
      let size = heads * headSize
      expectMatchesReference(shapes: [[54, 3 * size]]) { tape, inputs in
        tape.attend(
          AttentionInputs(selfAttention: tape.tensor(inputs[0])), heads: heads, spans: Self.sentences,
          causal: causal)
      } reference: { inputs in
        Reference.attention(
          inputs[0].columns(0..<size), inputs[0].columns(size..<2 * size),
          inputs[0].columns(2 * size..<3 * size), heads: heads, spans: Self.sentences, causal: causal)
      }
    }
  }

  @Test(arguments: headSizes)
  func crossAttentionAgreesWithReference(headSize: Int) {
    // Query counts around the kernel's block of four; keys in another order than queries.
    let spans = [
      AttentionSpan(queries: 0..<1, keys: 20..<37), AttentionSpan(queries: 1..<6, keys: 0..<16),
      AttentionSpan(queries: 6..<14, keys: 16..<17), AttentionSpan(queries: 14..<31, keys: 17..<20),
    ]
    let size = 2 * headSize
    expectMatchesReference(shapes: [[31, size], [37, 2 * size]]) { tape, inputs in
      tape.attend(
        AttentionInputs(queries: tape.tensor(inputs[0]), keysAndValues: tape.tensor(inputs[1])), heads: 2,
        spans: spans, causal: false)
    } reference: { inputs in
      Reference.attention(
        inputs[0], inputs[1].columns(0..<size), inputs[1].columns(size..<2 * size), heads: 2, spans: spans,
        causal: false)
    }
  }

  @Test(arguments: headSizes, [false, true])
  func selfAttentionGradientsMatchFiniteDifferences(headSize: Int, causal: Bool) {
    let heads = headSize < 16 ? 2 : 1
    for rate in [Float(0), 0.3] {
      expectGradientsMatch(shapes: [[9, 3 * heads * headSize]], deviation: 0.7) { tape, inputs in
        tape.attend(
          AttentionInputs(selfAttention: tape.tensor(inputs[0])), heads: heads,
          spans: Self.spans(of: [1, 6, 2]),
          causal: causal, dropoutRate: rate)
      }
    }
  }

  @Test(arguments: [17, 33], [false, true])
  func gradientsOfLongSentencesMatchFiniteDifferences(length: Int, causal: Bool) {
    expectGradientsMatch(shapes: [[length, 3 * 17]], deviation: 0.7) { tape, inputs in
      tape.attend(
        AttentionInputs(selfAttention: tape.tensor(inputs[0])), heads: 1, spans: Self.spans(of: [length]),
        causal: causal, dropoutRate: 0.1)
    }
  }

  @Test(arguments: headSizes, [Float(0), 0.3])
  func crossAttentionGradientsMatchFiniteDifferences(headSize: Int, rate: Float) {
    let spans = [
      AttentionSpan(queries: 0..<1, keys: 3..<5), AttentionSpan(queries: 1..<6, keys: 0..<3),
      AttentionSpan(queries: 6..<8, keys: 5..<6),
    ]
    expectGradientsMatch(shapes: [[8, headSize], [6, 2 * headSize]], deviation: 0.7) { tape, inputs in
      tape.attend(
        AttentionInputs(queries: tape.tensor(inputs[0]), keysAndValues: tape.tensor(inputs[1])), heads: 1,
        spans: spans, causal: false, dropoutRate: rate)
    }
  }

  @Test func queriesWithoutKeysReadZeros() {
    let parameters = RandomParameters([[2, 4], [3, 8]])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let y = tape.attend(
      AttentionInputs(
        queries: tape.tensor(parameters.handles[0]), keysAndValues: tape.tensor(parameters.handles[1])),
      heads: 2, spans: [AttentionSpan(queries: 0..<2, keys: 1..<1)], causal: false)
    #expect(y.array == [Float](repeating: 0, count: 8))
    tape.backward(from: y)
    #expect(parameters.gradients.array.allSatisfy { $0 == 0 })
  }

  @Test func largeScoresStayFinite() {
    let parameters = RandomParameters([[5, 24]], deviation: 300)
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let y = tape.attend(
      AttentionInputs(selfAttention: tape.tensor(parameters.handles[0])), heads: 1,
      spans: Self.spans(of: [5]), causal: true)
    tape.backward(from: y)
    #expect(y.array.allSatisfy { $0.isFinite } && parameters.gradients.array.allSatisfy { $0.isFinite })
  }

  @Test func dropoutKeepsTheExpectationAndDiffersBetweenHeads() {
    // Values of one: each output is the sum of the kept weights, 1 on average.
    let (rows, heads) = (64, 8)
    let parameters = RandomParameters([[rows, 3 * heads]])
    var values = parameters.array(0)
    for row in 0..<rows {
      for head in 0..<heads { values[row * 3 * heads + 2 * heads + head] = 1 }
    }
    parameters.values.replace(at: 0, with: values)
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    tape.reset(random: RandomSource(4))
    let y = tape.attend(
      AttentionInputs(selfAttention: tape.tensor(parameters.handles[0])), heads: heads,
      spans: Self.spans(of: [40, 24]), causal: false, dropoutRate: 0.25
    ).array
    let mean = y.reduce(0) { $0 + Double($1) } / Double(y.count)
    #expect(abs(mean - 1) < 0.02)
    #expect(Set(y).count > y.count * 9 / 10, "equal sums: heads or rows share a mask")
  }
}
