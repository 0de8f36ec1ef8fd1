import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct CumulativeMeanTests {
  @Test(arguments: SSRUTests.batches, [1, 2, 3, 15, 16, 17, 33])
  func agreesWithReference(sentences: [Range<Int>], size: Int) {
    let rows = sentences.last?.upperBound ?? 0
    expectMatchesReference(shapes: [[rows, size]]) { tape, inputs in
      tape.cumulativeMean(tape.tensor(inputs[0]), sentences: sentences)
    } reference: { inputs in
      Reference.cumulativeMean(inputs[0], sentences: sentences)
    }
  }

  @Test(arguments: SSRUTests.batches, [1, 16, 17])
  func gradientsMatchFiniteDifferences(sentences: [Range<Int>], size: Int) {
    let rows = sentences.last?.upperBound ?? 0
    expectGradientsMatch(shapes: [[rows, size]]) { tape, inputs in
      tape.cumulativeMean(tape.tensor(inputs[0]), sentences: sentences)
    }
  }

  @Test func gradientsOfResultsMatchFiniteDifferences() {
    for isReadTwice in [false, true] {
      expectGradientsMatch(shapes: [[3, 5], [6, 5]]) { tape, inputs in
        let x = tape.linear(tape.tensor(inputs[0]), weight: inputs[1], bias: nil)
        let y = tape.cumulativeMean(x, sentences: [0..<2, 2..<3])
        return isReadTwice ? tape.add(tape.activate(x, .swish), to: y) : y
      }
    }
  }

  @Test(arguments: [1, 16, 17])
  func stepsHaveTheBitsOfWholeSentences(size: Int) {
    expectStepsAreThoseOfSentences(FlatBuffer(count: 0), columns: size, size: size) {
      tape, x, position, state, parents in
      tape.cumulativeMeanStep(x, position: position, state: &state, parents: parents)
    } whole: { tape, x, sentences in
      tape.cumulativeMean(x, sentences: sentences)
    }
  }
}
