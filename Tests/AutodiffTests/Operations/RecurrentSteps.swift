import Autodiff
import Tensors
import TestSupport
import Testing

/// Expects that steps of a recurrent operation, for hypotheses that change places, multiply and end, have the same bits
/// as the operation on the sentence that each hypothesis is.
///
/// - Parameters:
///   - parameters: what the operation reads besides its input.
///   - columns: of the input.
///   - size: the number of columns of the state and of the output.
///   - sourceLocation: where a failure is reported.
///   - step: one step; gets the input, the number of steps before, the state and the parents.
///   - whole: the operation on whole sentences; gets the input and their rows.
func expectStepsAreThoseOfSentences(
  _ parameters: FlatBuffer, columns: Int, size: Int, sourceLocation: SourceLocation = #_sourceLocation,
  step: (Tape, Tensor, Int, inout RecurrentState, [Int32]) -> Tensor,
  whole: (Tape, Tensor, [Range<Int>]) -> Tensor
) {
  let (counts, parents): ([Int], [[Int32]]) = (
    [2, 3, 4, 1, 2, 0, 0], [[], [0, 0, 1], [2, 1, 1, 0], [3], [0, 0], [], []]
  )
  let inputs = counts.enumerated().map { randomValues($1 * columns, seed: UInt64($0) + 5) }
  let (memory, scratch) = (Tape(inference: parameters), Tape(inference: parameters))

  func run(_ number: Int, _ state: inout RecurrentState) -> [Float] {
    scratch.reset()
    let x = scratch.makeTensor([counts[number], columns], inputs[number])
    let y = step(scratch, x, number, &state, parents[number])
    #expect(
      y.shape == [counts[number], size] && state.count == counts[number], sourceLocation: sourceLocation)
    return y.array
  }

  var state = RecurrentState(size: size)
  var (copies, outputs): ([RecurrentState], [[Float]]) = ([], [])
  for number in counts.indices {
    copies.append(state)
    outputs.append(run(number, &state))
    for row in 0..<counts[number] {
      var path = [row]
      for number in stride(from: number, to: 0, by: -1) { path.insert(Int(parents[number][path[0]]), at: 0) }
      let rows = path.enumerated().flatMap { number, row in
        inputs[number][row * columns..<(row + 1) * columns]
      }
      let y = whole(memory, memory.makeTensor([path.count, columns], rows), [0..<path.count])
      #expect(
        Array(outputs[number][row * size..<(row + 1) * size]) == Array(y.array.suffix(size)),
        "row \(row) of step \(number)", sourceLocation: sourceLocation)
    }
  }
  // Steps do not change copies of the state.
  for number in counts.indices {
    #expect(run(number, &copies[number]) == outputs[number], sourceLocation: sourceLocation)
  }
}
