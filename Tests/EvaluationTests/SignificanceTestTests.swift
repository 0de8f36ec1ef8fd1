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
        == "nrefs:1|bs:1000|seed:12345|p:two-sided|case:lc|tok:tercom|norm:no|punct:yes|asian:no|version:2.6.0"
    )
    let test = SignificanceTest(.randomization, trials: 7, seed: 1, definition: .sacreBLEU)
    #expect("\(test.signature(of: score))".hasPrefix("nrefs:1|ar:7|seed:1|p:sacrebleu|"))
    #expect(
      "\(test.signature(of: score.signature, withPValue: false))".hasPrefix("nrefs:1|ar:7|seed:1|case:"))
  }

  @Test(arguments: SignificanceTest.Method.allCases)
  func aSystemAndItsCopyAreNotDifferent(_ method: SignificanceTest.Method) {
    let system = Self.system(period: 4, errors: 3)
    for metric in Self.metrics {
      let statistics = metric.statistics(hypotheses: system, references: Self.reference)
      let test = { SignificanceTest(method, trials: 99, definition: $0) }
      #expect(test(.twoSided).pValue(of: statistics, against: statistics, by: metric) == 1)
      // sacreBLEU's formula counts only differences that are larger than zero.
      #expect(test(.sacreBLEU).pValue(of: statistics, against: statistics, by: metric) == 0.01)
    }
  }

  /// Systems that make errors in the same number of words on average, but in others.
  static func equalSystems(_ pair: UInt64) -> [[[UInt8]]] {
    var random = pair &* 0x9E37_79B9_7F4A_7C15
    func next() -> UInt64 {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return random >> 33
    }
    return (0..<2).map { _ in
      (0..<40).map { segment in
        Array((0..<6).map { next() % 4 == 0 ? "x" : "w\(segment)y\($0)" }.joined(separator: " ").utf8)
      }
    }
  }

  /// With a level of 5 %, about 5 % of pairs of equally good systems must seem different: 300 pairs, whose number of
  /// alarms has a standard deviation of 3.8.
  @Test(arguments: SignificanceTest.Method.allCases)
  func falseAlarmsAreAsRareAsTheLevelSays(_ method: SignificanceTest.Method) {
    let reference = [
      (0..<40).map { segment in
        Array((0..<6).map { "w\(segment)y\($0)" }.joined(separator: " ").utf8)
      }
    ]
    let metric = TER()
    var alarms: [SignificanceTest.PValueDefinition: Int] = [:]
    for pair in 1...300 {
      let statistics = Self.equalSystems(UInt64(pair)).map {
        metric.statistics(hypotheses: $0, references: reference)
      }
      for definition in SignificanceTest.PValueDefinition.allCases {
        let test = SignificanceTest(method, trials: 199, seed: UInt64(pair), definition: definition)
        if test.pValue(of: statistics[0], against: statistics[1], by: metric) <= 0.05 {
          alarms[definition, default: 0] += 1
        }
      }
    }
    #expect(5...27 ~= alarms[.twoSided, default: 0], "\(alarms)")
    // With bootstrap, sacreBLEU's formula gives many more; with randomization, the two differ only in ties.
    if method == .bootstrap { #expect(alarms[.sacreBLEU, default: 0] > 30, "\(alarms)") }
  }
}
