import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct SSRUTests {
  /// One sentence, several of which one is empty, and none.
  static let batches: [[Range<Int>]] = [[0..<1], [0..<5], [0..<3, 3..<3, 3..<4, 4..<9], []]

  @Test(arguments: batches, [1, 2, 3, 15, 16, 17, 33])
  func agreesWithReference(sentences: [Range<Int>], size: Int) {
    let rows = sentences.last?.upperBound ?? 0
    for hasBias in [false, true] {
      expectMatchesReference(shapes: [[rows, 2 * size], [size]]) { tape, inputs in
        tape.ssru(
          tape.tensor(inputs[0]), forgetBias: hasBias ? inputs[1] : nil, sentences: sentences)
      } reference: { inputs in
        Reference.ssruCells(inputs[0], bias: hasBias ? inputs[1] : nil, sentences: sentences).map {
          max(0, $0)
        }
      }
    }
  }

  /// Random cells that are negative would hide the derivatives of their candidates, so most are positive here.
  @Test(arguments: batches, [1, 16, 17])
  func gradientsMatchFiniteDifferences(sentences: [Range<Int>], size: Int) {
    let rows = sentences.last?.upperBound ?? 0
    let parameters = RandomParameters([[rows, 2 * size], [size]])
    // Far from 0, where the output has a corner.
    for row in 0..<rows {
      let candidates = parameters.values.array(row * 2 * size..<row * 2 * size + size)
      parameters.values.replace(at: row * 2 * size, with: candidates.map { abs($0) + 0.25 })
    }
    for hasBias in [false, true] {
      expectGradientsMatch(parameters) { tape in
        tape.ssru(
          tape.tensor(parameters.handles[0]), forgetBias: hasBias ? parameters.handles[1] : nil,
          sentences: sentences)
      }
    }
  }

  /// A result's gradient is overwritten, and added to if another operation reads the result, too.
  @Test func gradientsOfResultsMatchFiniteDifferences() {
    let sentences = [0..<2, 2..<3]
    for isReadTwice in [false, true] {
      expectGradientsMatch(shapes: [[3, 5], [12, 5], [6]], seed: 8) { tape, inputs in
        let x = tape.linear(tape.tensor(inputs[0]), weight: inputs[1], bias: nil)
        let y = tape.ssru(x, forgetBias: inputs[2], sentences: sentences)
        return isReadTwice ? tape.add(tape.gatedActivation(x, .swish), to: y) : y
      }
    }
  }

  @Test func noGradientPassesANegativeCell() {
    let parameters = RandomParameters([[1, 4]])
    parameters.values.replace(at: 0, with: [-2, 2, 0, 0])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let y = tape.ssru(tape.tensor(parameters.handles[0]), forgetBias: nil, sentences: [0..<1])
    tape.backward(from: y)
    #expect(y.array == [0, 1])
    #expect(parameters.gradient(0) == [0, 0.5, 0, -0.5])
  }

  @Test(arguments: [1, 16, 17, 40])
  func stepsHaveTheBitsOfWholeSentences(size: Int) {
    let parameters = RandomParameters([[size]])
    for bias in [nil, parameters.handles[0]] {
      expectStepsAreThoseOfSentences(parameters.values, columns: 2 * size, size: size) {
        tape, projected, _, state, parents in
        tape.ssruStep(projected, forgetBias: bias, state: &state, parents: parents)
      } whole: { tape, projected, sentences in
        tape.ssru(projected, forgetBias: bias, sentences: sentences)
      }
    }
  }
}
