import Autodiff
import Foundation
import Tensors
import TestSupport
import Testing

/// Attention that is compared with links.
@Suite struct AttentionGuideTests {
  /// Sentences of 1, 17, 3 and 6 queries over different numbers of keys, in a different order.
  static let spans = [
    AttentionSpan(queries: 0..<1, keys: 26..<27), AttentionSpan(queries: 1..<18, keys: 0..<5),
    AttentionSpan(queries: 18..<21, keys: 9..<26), AttentionSpan(queries: 21..<27, keys: 5..<9),
  ]

  /// Queries with no link, one, and several; a sentence without any.
  static func links(_ spans: [AttentionSpan] = spans) -> [[AttentionGuide.Link]] {
    spans.enumerated().map { number, span in
      number == 3
        ? []
        : (0..<span.queries.count).flatMap { query in
          (0..<span.keys.count).filter { (query * 7 + $0 * 3 + number) % 4 == 0 }.map {
            .init(query: query, key: $0)
          }
        }
    }
  }

  private static func attend(
    _ tape: Tape, _ parameters: [Parameter], heads: Int, rate: Float = 0, spans: [AttentionSpan] = spans,
    guide: AttentionGuide?
  ) -> (output: Tensor, guideLoss: Double) {
    tape.attend(
      AttentionInputs(queries: tape.tensor(parameters[0]), keysAndValues: tape.tensor(parameters[1])),
      heads: heads, spans: spans, causal: false, dropoutRate: rate, guide: guide)
  }

  /// -1/n · Σ log(mean weight + 1e-6), from the definition.
  private static func loss(_ q: Grid, _ k: Grid, heads: Int, guided: Int) -> Double {
    let size = q.columns / heads
    var loss = 0.0
    for (span, links) in zip(spans, links()) {
      for (query, row) in span.queries.enumerated() {
        let linked = span.keys.indices.map { $0 - span.keys.lowerBound }.filter {
          links.contains(.init(query: query, key: $0))
        }
        guard !linked.isEmpty else { continue }
        let weights = (0..<guided).map { head in
          Reference.softmax(
            span.keys.map { key in
              (head * size..<(head + 1) * size).reduce(0) { $0 + q[row, $1] * k[key, $1] }
                / Double(size).squareRoot()
            })
        }
        for key in linked {
          let mean = weights.reduce(0) { $0 + $1[key] } / Double(guided)
          loss -= log(mean + 1e-6) / Double(linked.count)
        }
      }
    }
    return loss
  }

  @Test(arguments: [(1, 1, 1), (1, 1, 16), (3, 1, 8), (3, 2, 17), (3, 3, 5)], [Float(0), 0.4])
  func lossAgreesWithReference(_ sizes: (heads: Int, guided: Int, headSize: Int), rate: Float) {
    let size = sizes.heads * sizes.headSize
    let parameters = RandomParameters([[27, size], [27, 2 * size]])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let guide = AttentionGuide(links: Self.links(), heads: sizes.guided, weight: 3)
    let loss = Self.attend(tape, parameters.handles, heads: sizes.heads, rate: rate, guide: guide).guideLoss
    let expected = Self.loss(
      parameters.grid(0), parameters.grid(1).columns(0..<size), heads: sizes.heads, guided: sizes.guided)
    #expect(abs(loss - expected) < 1e-5 * expected, "\(loss) for \(expected)")
  }

  @Test(arguments: [(1, 1, 1), (2, 1, 4), (2, 2, 17), (3, 2, 3)], [Float(0), 0.3])
  func gradientsMatchFiniteDifferences(_ sizes: (heads: Int, guided: Int, headSize: Int), rate: Float) {
    let size = sizes.heads * sizes.headSize
    let spans = [
      AttentionSpan(queries: 0..<1, keys: 4..<5), AttentionSpan(queries: 1..<6, keys: 0..<4),
      AttentionSpan(queries: 6..<8, keys: 5..<8), AttentionSpan(queries: 8..<9, keys: 4..<8),
    ]
    let weights = randomValues(9 * size, seed: 77)
    let parameters = RandomParameters([[9, size], [8, 2 * size]], deviation: 0.7)
    for weight in [Float(0.5), 4] {
      expectGradientsMatch(
        parameters,
        value: { tape in
          let guide = AttentionGuide(links: Self.links(spans), heads: sizes.guided, weight: weight)
          let (y, loss) = Self.attend(
            tape, parameters.handles, heads: sizes.heads, rate: rate, spans: spans, guide: guide)
          let value = zip(y.array, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
          return (value + Double(weight) * loss, y, weights)
        })
    }
  }

  /// A guide without links and no guide give the same bits, also in the derivatives.
  @Test func guideWithoutLinksChangesNothing() {
    let parameters = [0, 1].map { _ in RandomParameters([[27, 32], [27, 64]]) }
    let guide = AttentionGuide(links: Self.spans.map { _ in [] }, heads: 2, weight: 1)
    let outputs = zip(parameters, [guide, nil]).map { parameters, guide in
      let tape = Tape(training: parameters.values, gradients: parameters.gradients)
      tape.reset(random: RandomSource(3))
      let (y, loss) = Self.attend(tape, parameters.handles, heads: 2, rate: 0.2, guide: guide)
      #expect(loss == 0)
      tape.backward(from: y)
      return y.array
    }
    #expect(outputs[0] == outputs[1])
    #expect(parameters[0].gradients.array == parameters[1].gradients.array)
  }

  @Test func inferenceComparesNothing() {
    let parameters = RandomParameters([[27, 32], [27, 64]])
    let guide = AttentionGuide(links: Self.links(), heads: 2, weight: 1)
    let tape = Tape(inference: parameters.values)
    let (with, without) = (
      Self.attend(tape, parameters.handles, heads: 2, guide: guide),
      Self.attend(tape, parameters.handles, heads: 2, guide: nil)
    )
    #expect(with.output.array == without.output.array && with.guideLoss == 0)
  }

  /// Loss and derivative are finite even if the linked key gets no attention.
  @Test func attentionThatLooksElsewhereStaysFinite() {
    let parameters = RandomParameters([[1, 1], [2, 2]])
    parameters.values.replace(at: 0, with: [200, -200, 0, 200, 0])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let guide = AttentionGuide(links: [[.init(query: 0, key: 0)]], heads: 1, weight: 1)
    let loss = Self.attend(
      tape, parameters.handles, heads: 1, spans: [AttentionSpan(queries: 0..<1, keys: 0..<2)], guide: guide
    ).guideLoss
    tape.backward()
    #expect(abs(loss + log(1e-6)) < 1e-3)
    #expect(parameters.gradients.array.allSatisfy { $0.isFinite })
  }

  struct Fixture: Decodable, Sendable, CustomTestStringConvertible {
    let queries, keys, columns, heads, guided: Int
    let weight: Float
    let links: [[Int]]
    let values, gradients: [[Float]]
    let seed, output: [Float]
    let loss: Double

    var testDescription: String {
      "\(queries) × \(keys), \(heads) heads of \(columns), \(guided) guided, weight \(weight)"
    }
  }

  static let fixtures = Result {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try JSONDecoder().decode(
      [Fixture].self, from: Data(contentsOf: path.appending(path: "Fixtures/guided-alignment.json")))
  }

  /// `tools/make-guided-alignment-fixture` made them.
  @Test(arguments: try fixtures.get())
  func agreesWithPyTorch(_ item: Fixture) {
    let size = item.heads * item.columns
    let parameters = RandomParameters([[item.queries, size], [item.keys, 2 * size]])
    parameters.values.replace(at: 0, with: item.values.flatMap(\.self))
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let guide = AttentionGuide(
      links: [item.links.map { .init(query: $0[0], key: $0[1]) }], heads: item.guided, weight: item.weight)
    let (y, loss) = Self.attend(
      tape, parameters.handles, heads: item.heads,
      spans: [AttentionSpan(queries: 0..<item.queries, keys: 0..<item.keys)], guide: guide)
    tape.backward(from: y, seed: item.seed)
    #expect(Deviation(y.array, from: item.output).worst < 5e-6)
    #expect(abs(loss - item.loss) < 2e-6 * max(1, item.loss))
    for (index, gradient) in item.gradients.enumerated() {
      // With only one key attention is constant, and keys and queries have no derivative.
      let deviation = Deviation(parameters.gradient(index), from: gradient, floor: 1e-3)
      #expect(deviation.worst < 2e-5, "input \(index): \(deviation)")
    }
  }
}
