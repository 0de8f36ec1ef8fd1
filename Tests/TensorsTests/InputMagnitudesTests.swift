import Tensors
import TestSupport
import Testing

@Suite struct InputMagnitudesTests {
  /// Each product counts once, whatever it computes with and however many rows it has.
  @Test(arguments: ComputeType.allCases)
  func theGreatestInputOfEachProductCounts(_ compute: ComputeType) throws {
    let (inputs, outputs, rows) = (8, 40, 40)
    let parameters = RandomParameters([[outputs, inputs], [3, 5]])
    let (weight, other) = (parameters.handles[0], parameters.handles[1])
    let magnitudes = InputMagnitudes()
    let products = PackedProducts(
      ModelWeights(parameters.values), compute: compute, observing: magnitudes)
    #expect(magnitudes.summary(of: weight) == nil)
    var x = [Float](repeating: 0.5, count: rows * inputs)
    var y = [Float](repeating: 0, count: rows * outputs)
    x[3] = -4
    products.multiply(x, rows: rows, weight: weight, bias: nil, into: &y)
    (x[3], x[rows * inputs - 1], x[0]) = (1, 7, .nan)
    _ = products.greatestOutputs(
      x, rows: rows, weight: weight, excluding: [UInt16](repeating: 0, count: rows))
    x[rows * inputs - 1] = 1
    products.multiply(x, rows: rows, weight: weight, bias: nil, into: &y)
    let summary = try #require(magnitudes.summary(of: weight))
    // 4, 7 and 1: mean 4, variance (0 + 9 + 9) / 3.
    #expect(summary.count == 3 && summary.mean == 4 && abs(summary.deviation - 6.0.squareRoot()) < 1e-12)
    // A part of the matrix has the same inputs.
    #expect(magnitudes.summary(of: weight.rows(20..<30)) == summary)
    #expect(magnitudes.summary(of: other) == nil)
  }
}
