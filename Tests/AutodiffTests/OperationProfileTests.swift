import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct OperationProfileTests {
  let parameters = RandomParameters([[3, 5], [7, 5], [7]])
  let profile = OperationProfile()

  private func makeTape() -> Tape {
    Tape(training: parameters.values, gradients: parameters.gradients, profile: profile)
  }

  private func cost(_ name: String) throws -> OperationCost {
    try #require(profile.costs.first { "\($0.name)" == name }, "\(profile.costs.map(\.name))")
  }

  /// 3 rows, 5 inputs, 7 outputs: 105 multiplications and as many additions.
  @Test func linearIsCountedByShape() throws {
    let tape = makeTape()
    for _ in 0..<2 {
      let y = tape.linear(
        tape.tensor(parameters.handles[0]), weight: parameters.handles[1], bias: parameters.handles[2])
      tape.backward(from: y)
    }
    let linear = try cost("linear 5 to 7")
    #expect((linear.calls, linear.flop, linear.backwardFLOP) == (2, 420, 840))
    #expect(linear.forward > .zero && linear.backward > .zero)
    #expect(linear.time == linear.forward + linear.backward)
    #expect(profile.costs.count == 1)
  }

  /// 3 rows, 5 columns, 7 classes; the derivative is added immediately but timed separately.
  @Test func lossIsCountedInTwoParts() throws {
    _ = makeTape().labelSmoothedCrossEntropy(
      makeTape().tensor(parameters.handles[0]), weight: parameters.handles[1], targets: [0, 6, 3],
      smoothing: 0.1)
    let loss = try cost("output layer and loss")
    #expect((loss.calls, loss.flop, loss.backwardFLOP) == (1, 210, 420))
    #expect(loss.forward > .zero && loss.backward > .zero)
  }

  /// Size 4, so 16 FLOP for each key that a query reads: 2 · 3 + 4 · 4 of them, or 1 + 2 and 1 + 2 + 3 + 4.
  @Test(arguments: [(false, 16 * 22, "attend, self"), (true, 16 * (3 + 10), "attend, causal")])
  func attentionIsCountedByWhatIsRead(causal: Bool, flop: Int, name: String) throws {
    let tape = makeTape()
    let projected = tape.makeTensor([7, 12], randomValues(84, seed: 3))
    let spans = [
      AttentionSpan(queries: 0..<2, keys: 0..<(causal ? 2 : 3)), .init(queries: 3..<7, keys: 3..<7),
    ]
    _ = tape.attend(AttentionInputs(selfAttention: projected), heads: 2, spans: spans, causal: causal)
    #expect(try cost(name).flop == flop)
  }

  @Test func queriesBehindTheLastKeyReadAll() throws {
    let tape = makeTape()
    let inputs = AttentionInputs(
      queries: tape.makeTensor([5, 4], randomValues(20, seed: 1)),
      keysAndValues: tape.makeTensor([2, 8], randomValues(16, seed: 2)))
    _ = tape.attend(inputs, heads: 1, spans: [AttentionSpan(queries: 0..<5, keys: 0..<2)], causal: true)
    #expect(try cost("attend, cross").flop == 16 * (1 + 2 + 2 + 2 + 2))
  }

  @Test func everyOperationHasAName() {
    let tape = makeTape()
    let x = tape.tensor(parameters.handles[0])
    for activation in Activation.allCases { _ = tape.activate(tape.dropout(x, rate: 0.5), activation) }
    _ = tape.add(x, to: x, dropoutRate: 0.5)
    _ = tape.embed(
      ids: [6], positions: [0], table: parameters.handles[1], positionTable: .constant([1, 2, 3, 4, 5]),
      scale: 1)
    _ = tape.gatedActivation(tape.makeTensor([1, 2], [1, 2]), .swish)
    let pair = tape.makeTensor([1, 2], [1, 2])
    _ = tape.gatedSum(
      tape.cumulativeMean(pair, sentences: [0..<1]),
      tape.ssru(tape.makeTensor([1, 4], [1, 2, 3, 4]), forgetBias: nil, sentences: [0..<1]),
      gates: (pair, pair))
    let rotary = RotaryEmbedding(positions: 1, headSize: 2)
    _ = tape.rotate(tape.makeTensor([1, 2], [1, 2]), columns: 2, positions: [0], by: rotary)
    let calls = Dictionary(uniqueKeysWithValues: profile.costs.map { ("\($0.name)", $0.calls) })
    #expect(
      calls == [
        "dropout": 5, "relu": 1, "gelu": 1, "swish": 1, "gelu by sigmoid": 1, "add": 1, "embed": 1,
        "swish, gated": 1, "rotate": 1, "gated sum": 1, "ssru": 1, "cumulative mean": 1,
      ])
    #expect(profile.costs.allSatisfy { $0.flop == 0 && $0.backward == .zero })
  }

  /// An operation must end even without a derivative, or no other could begin.
  @Test func operationsWithoutDerivativesEnd() throws {
    let tape = makeTape()
    let inputs = AttentionInputs(selfAttention: tape.makeTensor([2, 12], randomValues(24, seed: 3)))
    let spans = [AttentionSpan(queries: 0..<2, keys: 0..<2)]
    tape.withoutDerivatives {
      for _ in 0..<2 { _ = tape.attend(inputs, heads: 2, spans: spans, causal: false) }
    }
    #expect(try cost("attend, self").calls == 2)
  }

  @Test func costsOfTwoTapesAddUp() throws {
    let tape = makeTape()
    _ = tape.linear(tape.tensor(parameters.handles[0]), weight: parameters.handles[1], bias: nil)
    let one = try cost("linear 5 to 7")
    var both = one
    both += one
    #expect((both.calls, both.flop, both.forward) == (2, 2 * one.flop, one.forward * 2))
  }
}
