import Decoding
import Testing
import Tokens

@Suite struct SamplingSearchTests {
  /// Four ordinary tokens of known probability.
  static let probabilities = [0.5, 0.3, 0.15, 0.05]
  static let model = TableModel.constant(
    [-.infinity, -.infinity, -.infinity, -.infinity] + probabilities.map { Float($0.logarithm) })

  /// How often each ordinary token was drawn, out of 4,000.
  func counts(_ sampling: Sampling) -> [Int] {
    let search = SamplingSearch(
      sampling, count: 40, limits: SearchLimits(maxLengthRatio: 0, maxLengthExtra: 10))
    let tokens = search.search(TokenBatch(Array(repeating: [4, 2], count: 10)), model: Self.model)
      .flatMap { $0.flatMap(\.tokens) }
    return (4..<8).map { token in tokens.count { $0 == TokenID(token) } }
  }

  /// Pearson's chi-square of counts against probabilities that add up to 1.
  func chiSquare(_ counts: [Int], _ probabilities: [Double]) -> Double {
    let total = Double(counts.reduce(0, +))
    return zip(counts, probabilities).filter { $1 > 0 }.reduce(0) { sum, item in
      let expected = item.1 * total
      return sum + (Double(item.0) - expected) * (Double(item.0) - expected) / expected
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let sampling: Sampling
    let expected: [Double]
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "plain", sampling: Sampling(), expected: probabilities),
    Case(name: "top-k 2", sampling: Sampling(topK: 2), expected: [0.625, 0.375, 0, 0]),
    Case(name: "top-k 9 is all", sampling: Sampling(topK: 9), expected: probabilities),
    Case(name: "top-p 0.8", sampling: Sampling(topP: 0.79), expected: [0.625, 0.375, 0, 0]),
    Case(
      name: "top-p 0.81", sampling: Sampling(topP: 0.81), expected: [0.5, 0.3, 0.15, 0].map { $0 / 0.95 }),
    Case(name: "top-p tiny", sampling: Sampling(topP: 0.001), expected: [1, 0, 0, 0]),
    Case(name: "top-k, then top-p", sampling: Sampling(topK: 3, topP: 0.6), expected: [0.625, 0.375, 0, 0]),
    Case(
      name: "temperature 0.5", sampling: Sampling(temperature: 0.5),
      expected: [0.25, 0.09, 0.0225, 0.0025].map { $0 / 0.365 }),
    Case(name: "min-p 0.31", sampling: Sampling(minP: 0.31), expected: [0.625, 0.375, 0, 0]),
    Case(
      name: "min-p 0.29", sampling: Sampling(minP: 0.29), expected: [0.5, 0.3, 0.15, 0].map { $0 / 0.95 }),
    Case(name: "epsilon 0.16", sampling: Sampling(epsilon: 0.16), expected: [0.625, 0.375, 0, 0]),
    Case(
      name: "epsilon 0.14", sampling: Sampling(epsilon: 0.14),
      expected: [0.5, 0.3, 0.15, 0].map { $0 / 0.95 }),
    Case(name: "epsilon above all", sampling: Sampling(epsilon: 0.6), expected: [1, 0, 0, 0]),
    // What top-k left adds up to 1 again: 0.526, 0.316, 0.158.
    Case(
      name: "top-k, then epsilon", sampling: Sampling(topK: 3, epsilon: 0.155),
      expected: [0.5, 0.3, 0.15, 0].map { $0 / 0.95 }),
    // The entropy is 1.142, so the thresholds are √eta · 0.319 for the first two.
    Case(name: "eta 0.3", sampling: Sampling(eta: 0.3), expected: [0.625, 0.375, 0, 0]),
    Case(name: "eta 0.16", sampling: Sampling(eta: 0.16), expected: [0.5, 0.3, 0.15, 0].map { $0 / 0.95 }),
    Case(name: "eta 0.04 is epsilon 0.04", sampling: Sampling(eta: 0.04), expected: probabilities),
  ]

  @Test(arguments: cases)
  func frequenciesMatchProbabilities(_ item: Case) {
    let counts = counts(item.sampling)
    #expect(counts.reduce(0, +) == 4000)
    for (count, probability) in zip(counts, item.expected) where probability == 0 { #expect(count == 0) }
    // With three degrees of freedom, chi-square exceeds 16.3 once in a thousand; the seed is fixed.
    #expect(chiSquare(counts, item.expected) < 16.3, "\(counts)")
  }

  /// `<pad>` is forbidden, and scores so far above all others that their weights relative to it would underflow.
  @Test func lowTemperatureIsGreedyWhateverIsForbidden() {
    let model = TableModel.constant([100, -5, -5, -5, 1, 2, 4, 3])
    let source = TokenBatch([[4, 2]])
    let limits = SearchLimits(maxLengthRatio: 0, maxLengthExtra: 10)
    let greedy = GreedySearch(limits: limits).search(source, model: model)
    #expect(greedy[0][0].tokens.allSatisfy { $0 == 6 })
    let cold = SamplingSearch(Sampling(temperature: 0.001), limits: limits).search(source, model: model)
    #expect(cold.map { $0.map(\.tokens) } == greedy.map { $0.map(\.tokens) })
  }

  @Test func seedDecides() {
    let source = TokenBatch(sentences([5, 8, 3], vocabularySize: 50))
    let model = TableModel.random(vocabularySize: 50, seed: 1)
    let first = SamplingSearch(Sampling(seed: 4), count: 2).search(source, model: model)
    #expect(first == SamplingSearch(Sampling(seed: 4), count: 2).search(source, model: model))
    #expect(first != SamplingSearch(Sampling(seed: 5), count: 2).search(source, model: model))
    // More samples do not change the first.
    let more = SamplingSearch(Sampling(seed: 4), count: 5).search(source, model: model)
    #expect(more.map { Array($0.prefix(2)) } == first)
    #expect(Set(more[0].map(\.tokens)).count == 5)
  }

  @Test func sentencesDrawBySentenceNumber() {
    let model = TableModel.random(vocabularySize: 50, seed: 1)
    let source = TokenBatch([[5, 6, 2], [5, 6, 2]])
    let found = SamplingSearch().search(DecoderInput(source, numbers: [8, 9]), model: model)
    #expect(found[0] != found[1])
    let alone = DecoderInput(TokenBatch([[5, 6, 2]]), numbers: [9])
    #expect(SamplingSearch().search(alone, model: model)[0] == found[1])
  }
}
