import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct ProjectTests {
  @Test(arguments: [1, 2, 7, 33], [1, 17, 33])
  func agreesWithReference(rows: Int, classes: Int) {
    let parameters = RandomParameters([[rows, 16], [classes, 16], [classes]])
    let (x, w) = (parameters.handles[0], parameters.handles[1])
    for bias in [nil, parameters.handles[2]] {
      let expected = Reference.affine(
        parameters.grid(0), parameters.grid(1), bias == nil ? nil : parameters.grid(2))
      for packed in [nil, PackedProducts(parameters.values)] {
        let tape = Tape(inference: parameters.values, packed: packed)
        // Once too short, once too long.
        for stale in [0, rows * classes + 5] {
          var logits = [Float](repeating: .nan, count: stale)
          tape.project(tape.tensor(x), weight: w, bias: bias, into: &logits)
          #expect(Deviation(logits, from: expected.floats).worst < 1e-5)
        }
      }
    }
  }
}

@Suite struct GreatestLogitsTests {
  /// The first of the greatest finite logits that are not excluded.
  private func greatest(_ logits: [Float], classes: Int, excluded: [UInt16]) -> [Int32] {
    excluded.enumerated().map { row, bits in
      var best = (token: Int32(-1), logit: -Float.infinity)
      for (token, logit) in logits[row * classes..<(row + 1) * classes].enumerated()
      where (token > 15 || bits >> UInt16(token) & 1 == 0) && logit > best.logit {
        best = (Int32(token), logit)
      }
      return best.logit.isFinite ? best.token : -1
    }
  }

  @Test(arguments: ComputeType.allCases, [1, 16, 17, 33, 300])
  func isTheFirstGreatestOfTheLogits(_ compute: ComputeType, classes: Int) {
    let rows = 7
    let parameters = RandomParameters([[rows, 24], [classes, 24], [classes]])
    let tape = Tape(
      inference: parameters.values, packed: PackedProducts(parameters.values, compute: compute))
    let (x, weight) = (tape.tensor(parameters.handles[0]), parameters.handles[1])
    let excluded = (0..<rows).map { $0 == 1 ? .max : UInt16($0 * 0x1234) }
    for special in [nil, Float.nan, -.infinity, .infinity, 1e30] {
      if let special { parameters.values.replace(at: parameters.handles[2].offset, with: [special]) }
      for bias in [nil, parameters.handles[2]] {
        var logits: [Float] = []
        tape.project(x, weight: weight, bias: bias, into: &logits)
        let found = tape.greatestLogits(x, weight: weight, bias: bias, excluding: excluded)
        #expect(found == greatest(logits, classes: classes, excluded: excluded), "bias \(special ?? 0)")
      }
    }
  }
}

@Suite struct ShortlistedLogitsTests {
  /// An output layer, rows that it reads, a tape that keeps shortlists and one for products with them.
  private struct OutputLayer {
    let classes = 80
    let x, weight: Parameter
    let bias: Parameter?
    let memory, tape: Tape

    init(_ compute: ComputeType, rows: Int, hasBias: Bool) {
      let parameters = RandomParameters([[rows, 24], [classes, 24], [classes]])
      let packed = PackedProducts(parameters.values, compute: compute)
      memory = Tape(inference: parameters.values, packed: packed)
      tape = Tape(inference: parameters.values, packed: packed)
      (x, weight, bias) = (
        parameters.handles[0], parameters.handles[1], hasBias ? parameters.handles[2] : nil
      )
    }

    /// All logits of the rows, in memory that is new.
    func logits() -> [Float] {
      var all: [Float] = []
      tape.reset()
      tape.project(tape.tensor(x), weight: weight, bias: bias, into: &all)
      return all
    }
  }

  @Test(arguments: ComputeType.allCases, [false, true])
  func arePartOfAllLogits(_ compute: ComputeType, hasBias: Bool) {
    let layer = OutputLayer(compute, rows: 5, hasBias: hasBias)
    let tokens: [Int32] = [0, 2, 3, 9, 15, 16, 40, 79]
    let list = layer.memory.gatherRows(of: layer.weight, bias: layer.bias, rows: tokens)
    for _ in 0..<2 {
      let all = layer.logits()
      var logits = [Float](repeating: 1, count: 100)
      layer.tape.project(layer.tape.tensor(layer.x), weights: list, into: &logits)
      #expect(logits == (0..<5).flatMap { row in tokens.map { all[row * layer.classes + Int($0)] } })
    }
  }

  /// Whatever lists have in common: all of them nothing, a few tokens, everything; lists without any token; rows in any
  /// order, some lists twice and some never.
  @Test(arguments: ComputeType.allCases, [false, true])
  func areThoseOfEachRowsList(_ compute: ComputeType, hasBias: Bool) {
    let rows = 7
    let layer = OutputLayer(compute, rows: rows, hasBias: hasBias)
    let all = layer.logits()
    let cases: [[[Int32]]] = [
      [[3, 1, 79]],
      [[0, 1, 2, 3], [1, 0, 5, 79, 60, 61, 62], [1, 0], []],
      (0..<6).map { list in [0, 7] + (0..<12).map { Int32(8 + list * 12 + $0) } },
      (0..<10).map { list in [5, 0] + [Int32(10 + list % 3), Int32(20 + list)] },
    ]
    for lists in cases {
      let weights = layer.memory.gatherRows(of: layer.weight, bias: layer.bias, lists: lists)
      let longest = lists.map(\.count).max() ?? 0
      for order in [Array(repeating: 0, count: rows), [0, 0, 1, 1, 1, 3, 0].map { $0 % lists.count }] {
        var logits = [Float](repeating: .nan, count: 3)
        layer.tape.project(layer.tape.tensor(layer.x), weights: weights, lists: order, into: &logits)
        let expected = order.enumerated().flatMap { row, list in
          lists[list].map { all[row * layer.classes + Int($0)] }
            + Array(repeating: -Float.infinity, count: longest - lists[list].count)
        }
        #expect(logits == expected, "lists \(lists), order \(order)")
      }
    }
  }
}
