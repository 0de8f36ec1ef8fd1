import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct AttendToHistoryTests {
  /// Rows of each step and, for the newest step's rows, the row of each step that they descend from.
  struct Tree: Sendable, CustomTestStringConvertible {
    let rows: [Int]
    let ancestors: [[Int32]]
    var testDescription: String { "\(rows)" }
  }

  static let trees: [Tree] = [
    Tree(rows: [1], ancestors: [[0]]),
    Tree(rows: [2, 3], ancestors: [[1, 0], [0, 1], [1, 2]]),
    Tree(rows: [3, 1, 2, 4], ancestors: [[2, 0, 1, 0], [2, 0, 0, 1], [2, 0, 1, 2], [2, 0, 1, 3]]),
    Tree(rows: [Int](repeating: 2, count: 33), ancestors: [longPast(last: 0), longPast(last: 1)]),
  ]

  /// 33 steps that change from one row to the other and back.
  private static func longPast(last: Int32) -> [Int32] {
    (0..<32).map { step -> Int32 in step / (last + 2) % 2 } + [last]
  }

  @Test(arguments: trees, [1, 8, 16, 17, 32, 40, 64])
  func agreesWithAttentionOverTheGatheredRows(_ tree: Tree, headSize: Int) {
    expectAgreement(tree, headSize: headSize, slopes: nil)
    expectAgreement(tree, headSize: headSize, slopes: DistanceBias(heads: 2))
  }

  private func expectAgreement(_ tree: Tree, headSize: Int, slopes: DistanceBias?) {
    let size = 2 * headSize
    let parameters = RandomParameters(tree.rows.map { Shape(rows: $0, columns: 3 * size) })
    let tape = Tape(inference: parameters.values)
    var history = AttentionHistory(
      positions: slopes.map { AttentionPositions.distanceBias($0) } ?? AttentionPositions.none)
    for handle in parameters.handles { history.append(tape.tensor(handle), on: tape) }
    let y = tape.attend(to: history, ancestors: tree.ancestors.flatMap { $0 }, heads: 2)
    #expect(y.shape == [tree.ancestors.count, size])

    for (row, past) in tree.ancestors.enumerated() {
      let gathered = Grid(past.count, 3 * size) { step, column in
        parameters.grid(step)[Int(past[step]), column]
      }
      let expected = Reference.attention(
        gathered.columns(0..<size), gathered.columns(size..<2 * size), gathered.columns(2 * size..<3 * size),
        heads: 2, spans: [AttentionSpan(queries: 0..<past.count, keys: 0..<past.count)], causal: true,
        slopes: slopes?.slopes)
      let deviation = Deviation(
        Array(y.array[row * size..<(row + 1) * size]),
        from: expected.rows(past.count - 1..<past.count).floats)
      #expect(deviation.worst < 1e-5, "row \(row): \(deviation)")
    }
  }

  /// Spans of several lengths; the result is the same with and without weights.
  @Test(arguments: [(1, nil), (2, nil), (3, nil), (3, [1]), (4, [0, 3])] as [(Int, [Int]?)], [1, 8, 17])
  func weightsAreTheMeanOverHeads(_ all: (count: Int, chosen: [Int]?), headSize: Int) {
    let heads = all.count
    let chosen = all.chosen ?? Array(0..<heads)
    let size = heads * headSize
    let spans = [
      AttentionSpan(queries: 0..<2, keys: 0..<5), AttentionSpan(queries: 2..<3, keys: 5..<6),
      AttentionSpan(queries: 3..<6, keys: 6..<39),
    ]
    let parameters = RandomParameters([Shape(rows: 6, columns: size), Shape(rows: 39, columns: 2 * size)])
    let tape = Tape(inference: parameters.values)
    let (queries, keys) = (tape.tensor(parameters.handles[0]), tape.tensor(parameters.handles[1]))
    let weights = tape.makeAttentionWeights(of: spans, heads: all.chosen)
    #expect(weights.means.shape == [6, 33])
    let y = tape.attend(
      fewQueries: queries, to: SourceReading(keysAndValues: keys, spans: spans, weights: weights),
      heads: heads)
    let plain = tape.attend(
      fewQueries: queries, to: SourceReading(keysAndValues: keys, spans: spans), heads: heads)
    #expect(y.array == plain.array)

    let (q, k, found) = (parameters.grid(0), parameters.grid(1), weights.means.array)
    for span in spans {
      for row in span.queries {
        var mean = [Double](repeating: 0, count: span.keys.count)
        for head in chosen {
          let scores = span.keys.map { key in
            (0..<headSize).reduce(0.0) {
              $0 + q[row, head * headSize + $1] * k[key, head * headSize + $1]
            } / Double(headSize).squareRoot()
          }
          mean = zip(mean, Reference.softmax(scores)).map { $0 + $1 / Double(chosen.count) }
        }
        let deviation = Deviation(
          Array(found[row * 33..<row * 33 + mean.count]), from: mean.map { Float($0) })
        #expect(deviation.worst < 1e-5, "row \(row): \(deviation)")
      }
    }
  }
}
