import CKernels
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct KernelTests {
  static let sizes = [0, 1, 2, 3, 15, 16, 17, 31, 33, 1000]

  @Test(arguments: sizes)
  func reductionsAgreeWithReference(count: Int) {
    let x = randomValues(count, seed: UInt64(count), deviation: 5)
    #expect(vector_max(x, count) == x.max() ?? -.infinity)
    let squares = x.reduce(0) { $0 + Double($1) * Double($1) }
    #expect(abs(vector_sum_of_squares(x, count) - squares) <= 1e-12 * squares)
  }

  @Test(arguments: sizes)
  func vectorsAndRowsAgreeWithReference(count: Int) {
    let (x, y) = (randomValues(count, seed: 1), randomValues(count, seed: 2))
    var sum = y
    vector_add(&sum, x, count)
    #expect(sum == zip(y, x).map { $0 + $1 })
    var rows = [Float](repeating: .nan, count: 3 * count)
    rows_fill(&rows, x, 3, count)
    #expect(rows == x + x + x)
    var sums = y
    rows_sum(&sums, rows, 3, count)
    #expect(Deviation(sums, from: zip(y, x).map { $0 + 3 * $1 }).worst < 1e-6)
  }

  @Test func maximumSkipsNaN() {
    for place in [0, 5, 16, 18] {
      var x = randomValues(19, seed: 1)
      let expected = x.enumerated().filter { $0.offset != place }.map(\.element).max()
      x[place] = .nan
      #expect(vector_max(x, 19) == expected)
    }
  }

  /// The kernels' exp, seen through the weights of a smoothed loss: e^x / (1 + e^x) for two classes.
  @Test func exponentialIsAccurate() {
    for x in stride(from: Float(-86), through: 0, by: 0.03125) {
      var logits: [Float] = [0, x]
      var likelihood = 0.0
      let target: [Int32] = [0]
      _ = cross_entropy(&logits, target, 1, 2, 0, 1, &likelihood)
      let expected = exp(Double(x)) / (1 + exp(Double(x)))
      #expect(abs(Double(logits[1]) / expected - 1) < 4e-7, "exp(\(x))")
    }
  }

  @Test func exponentialFarBelowIsZero() {
    var logits: [Float] = [0, -88]
    _ = cross_entropy(&logits, [0], 1, 2, 0, 1, nil)
    #expect(logits == [0, 0])
  }

  @Test(arguments: [Float(1e4), -1e4, 1e30], [0, 1])
  func crossEntropyOfExtremeLogitsIsFinite(logit: Float, target: Int32) {
    for smoothing in [Float(0), 0.1] {
      var logits: [Float] = [logit, 0, -logit]
      var likelihood = 0.0
      let loss = cross_entropy(&logits, [target], 1, 3, smoothing, 1, &likelihood)
      #expect(loss.isFinite && loss >= 0 && likelihood.isFinite)
      let expected = Reference.crossEntropy(
        Grid([1, 3], [logit, 0, -logit]), targets: [target], smoothing: Double(smoothing))
      #expect(abs(loss - expected.loss) <= 1e-6 * max(1, expected.loss))
      #expect(zip(logits, expected.derivative.floats).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  @Test func crossEntropyKeepsNaN() {
    for place in [0, 3, 17] {
      var logits = randomValues(18, seed: 1)
      logits[place] = .nan
      #expect(cross_entropy(&logits, [2], 1, 18, 0.1, 1, nil).isNaN)
    }
  }

  @Test(arguments: sizes)
  func adamFollowsThePaper(count: Int) {
    var parameters = randomValues(count, seed: 1)
    let gradient = randomValues(count, seed: 2)
    var (m, v) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
    var expected = parameters.map { (x: Double($0), m: 0.0, v: 0.0) }
    let (rate, beta1, beta2, epsilon, decay, scale) = (0.01, 0.9, 0.98, 1e-9, 0.1, 0.5)
    for update in 1...3 {
      let corrections = (1 - pow(beta1, Double(update)), 1 - pow(beta2, Double(update)))
      adam_update(
        &parameters, &m, &v, gradient, count, Float(scale), Float(rate), Float(beta1), Float(beta2),
        Float(epsilon), Float(corrections.0), Float(corrections.1), Float(decay))
      for index in 0..<count {
        let g = Double(gradient[index]) * scale
        expected[index].m = beta1 * expected[index].m + (1 - beta1) * g
        expected[index].v = beta2 * expected[index].v + (1 - beta2) * g * g
        let step =
          expected[index].m / corrections.0 / ((expected[index].v / corrections.1).squareRoot() + epsilon)
        expected[index].x = expected[index].x * (1 - rate * decay) - rate * step
      }
    }
    #expect(Deviation(parameters, from: expected.map { Float($0.x) }, floor: 1).worst < 1e-6)
    #expect(Deviation(m, from: expected.map { Float($0.m) }, floor: 0.1).worst < 1e-6)
    #expect(Deviation(v, from: expected.map { Float($0.v) }, floor: 0.01).worst < 1e-5)
  }

  @Test func adamLeavesAloneWhatHasNoGradient() {
    var (x, m, v): ([Float], [Float], [Float]) = ([1, 2], [0, 0], [0, 0])
    adam_update(&x, &m, &v, [0, 0], 2, 1, 0.1, 0.9, 0.98, 1e-9, 0.1, 0.02, 0)
    #expect(x == [1, 2])
  }

  /// `tools/test --kernels` leaves `KERNELS` in the environment of the build and of the tests.
  @Test func theVersionIsNoWiderThanWasBuilt() throws {
    let versions = ["portable", "x86-64-v3", "x86-64-v4"]
    let widest = ProcessInfo.processInfo.environment["KERNELS"] ?? ""
    let limit = try #require(versions.firstIndex(of: widest.isEmpty ? "x86-64-v4" : widest))
    #expect(versions[...limit].contains(String(cString: kernels_version())))
  }
}
