import Evaluation
import Testing

@Suite struct SignificanceTestTests {
  /// Two hundred segments of ten words; every `period`-th has `errors` wrong words.
  static func system(period: Int, errors: Int) -> [[UInt8]] {
    (0..<200).map { segment in
      let words = (0..<10).map { "\(segment % period == 0 && $0 < errors ? "x" : "w")\(segment)y\($0)" }
      return Array(words.joined(separator: " ").utf8)
    }
  }

  static let reference = [system(period: 1, errors: 0)]
  static let metrics: [any Metric] = [BLEU(), ChrF(), TER()]

  static func pValue(
    _ metric: some Metric, _ method: SignificanceTest.Method, _ a: [[UInt8]], _ b: [[UInt8]], seed: UInt64 = 1
  ) -> Double {
    let statistics = [a, b].map { metric.statistics(hypotheses: $0, references: reference) }
    return SignificanceTest(method, trials: 500, seed: seed)
      .pValue(of: statistics[0], against: statistics[1], by: metric)
  }

  @Test(arguments: SignificanceTest.Method.allCases)
  func aLargeDifferenceIsSignificantAndAnAccidentIsNot(_ method: SignificanceTest.Method) {
    for metric in Self.metrics {
      let (good, bad) = (Self.system(period: 10, errors: 3), Self.system(period: 2, errors: 5))
      #expect(Self.pValue(metric, method, good, bad) < 0.01, "\(metric.name)")
      // The same number of errors in other segments.
      let other = (0..<200).map {
        $0 % 10 == 5 ? Self.system(period: 1, errors: 3)[$0] : Self.reference[0][$0]
      }
      #expect(Self.pValue(metric, method, good, other) > 0.3, "\(metric.name)")
    }
  }

  @Test(arguments: SignificanceTest.Method.allCases)
  func equalSeedsGiveEqualResultsAndOrderOfSystemsDoesNotMatter(_ method: SignificanceTest.Method) {
    let (a, b) = (Self.system(period: 7, errors: 4), Self.system(period: 6, errors: 4))
    let value = Self.pValue(BLEU(), method, a, b)
    #expect(value == Self.pValue(BLEU(), method, a, b))
    #expect(abs(value - Self.pValue(BLEU(), method, a, b, seed: 2)) < 0.1)
    #expect(abs(value - Self.pValue(BLEU(), method, b, a)) < 0.1)
  }

  @Test func theIntervalHoldsTheScore() {
    for metric in Self.metrics {
      let hypotheses = Self.system(period: 3, errors: 4)
      let score = metric.score(hypotheses: hypotheses, references: Self.reference).value
      let statistics = metric.statistics(hypotheses: hypotheses, references: Self.reference)
      let (mean, halfWidth) = SignificanceTest(.bootstrap).confidence(of: statistics, by: metric)
      #expect(abs(mean - score) < halfWidth)
      #expect(halfWidth > 0.1 && halfWidth < 10)
    }
  }

  @Test func theSignatureNamesTheTest() {
    let score = TER().score(hypotheses: ["a"], references: [["a"]])
    #expect(
      "\(SignificanceTest(.bootstrap).signature(of: score))"
        == "nrefs:1|bs:1000|seed:12345|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0")
  }
}
