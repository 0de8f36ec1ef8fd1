import Confidence
import RandomNumbers
import Testing

/// Isotonic regression, compared with a naive one.
@Suite struct MonotoneMapTests {
  /// The nondecreasing sequence with the least squared error, by the formula of Robertson, Wright and Dykstra 1988: the
  /// greatest over beginnings of the least over ends of means.
  private func naive(_ outputs: [Double]) -> [Double] {
    outputs.indices.map { place in
      (0...place).map { first in
        (place..<outputs.count).map { last in
          outputs[first...last].reduce(0, +) / Double(last - first + 1)
        }.min() ?? 0
      }.max() ?? 0
    }
  }

  @Test(arguments: [1, 2, 17, 60], [UInt64(1), 2, 3])
  func fitsAsTheNaiveSequence(count: Int, seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let outputs = (0..<count).map { index in
      min(1, max(0, Double(index) / Double(count) + Double.random(in: -0.5...0.5, using: &random)))
    }
    let samples = outputs.enumerated().map { (input: Double($0), output: $1) }
    let map = try #require(MonotoneMap(fitting: samples.reversed(), least: 1))
    for (value, expected) in zip(map.outputs, distinct(naive(outputs))) {
      #expect(abs(value - expected) < 1e-9)
    }
    #expect(map.outputs.count == distinct(naive(outputs)).count)
  }

  /// The numbers without repetitions.
  private func distinct(_ numbers: [Double]) -> [Double] {
    var found: [Double] = []
    for number in numbers where found.last.map({ $0 < number - 1e-12 }) ?? true { found.append(number) }
    return found
  }

  @Test func pointsHaveEnoughSamples() throws {
    let samples = (0..<100).map { (input: Double($0), output: $0 < 50 ? 0.0 : 1.0) }
    let map = try #require(MonotoneMap(fitting: samples, least: 20))
    #expect(map.inputs.count <= 5)
    #expect(map(0) == 0 && map(99) == 1)
    let one = try #require(MonotoneMap(fitting: Array(samples.prefix(3)), least: 20))
    #expect(one.inputs.count == 1 && one(-5) == 0)
  }

  @Test func equalInputsHaveOneOutput() throws {
    let map = try #require(MonotoneMap(fitting: [(1, 0), (1, 1), (1, 1), (1, 0)], least: 1))
    #expect(map.inputs == [1] && map.outputs == [0.5])
    #expect(MonotoneMap(fitting: []) == nil)
  }

  @Test func valuesBetweenPointsAreOnLines() throws {
    let map = try #require(MonotoneMap(inputs: [0, 1, 3], outputs: [0.1, 0.5, 0.9]))
    for (input, expected) in [(-1.0, 0.1), (0, 0.1), (0.5, 0.3), (1, 0.5), (2, 0.7), (3, 0.9), (9, 0.9)] {
      #expect(abs(map(input) - expected) < 1e-12)
    }
  }

  @Test(arguments: [([], []), ([0, 0], [0, 1]), ([0, 1], [1, 0]), ([0, 1], [0, 2]), ([0], [0, 1])])
  func otherPointsAreNoMap(inputs: [Double], outputs: [Double]) {
    #expect(MonotoneMap(inputs: inputs, outputs: outputs) == nil)
  }
}
