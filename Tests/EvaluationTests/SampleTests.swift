import Evaluation
import Testing

/// Compares with what sacreBLEU says about significance, from the same draws.
@Suite struct SampleTests {
  static let metrics: [String: any Metric] = [
    "bleu": BLEU(), "chrf": ChrF(), "chrf++": ChrF(wordOrder: 2), "ter": TER(),
  ]

  private static func statistics(_ fixture: SampleFixture, _ metric: some Metric) -> [SegmentStatistics] {
    let sets = SampleFixture.references.prefix(fixture.referenceCount).map { $0.map { Array($0.utf8) } }
    return SampleFixture.systems.map {
      metric.statistics(hypotheses: $0.map { Array($0.utf8) }, references: sets)
    }
  }

  @Test(arguments: SampleFixture.all)
  func intervalsEqualSacreBLEU(_ fixture: SampleFixture) throws {
    let metric = try #require(Self.metrics[fixture.metric])
    for (index, statistics) in Self.statistics(fixture, metric).enumerated() {
      let (mean, halfWidth) = SignificanceTest(.bootstrap, trials: 200).confidence(of: statistics, by: metric)
      #expect(abs(mean - fixture.means[index]) < 1e-5)
      #expect(abs(halfWidth - fixture.halfWidths[index]) < 1e-5)
    }
  }

  @Test(arguments: SampleFixture.all)
  func pValuesEqualSacreBLEU(_ fixture: SampleFixture) throws {
    let metric = try #require(Self.metrics[fixture.metric])
    let statistics = Self.statistics(fixture, metric)
    for (index, system) in statistics.dropFirst().enumerated() {
      for (method, expected) in [
        (SignificanceTest.Method.bootstrap, fixture.bootstrap), (.randomization, fixture.randomization),
      ] {
        let test = SignificanceTest(method, trials: 200, definition: .sacreBLEU)
        let value = test.pValue(of: system, against: statistics[0], by: metric)
        // Sums of equal differences can be rounded differently; one trial more or less is 0.005.
        #expect(abs(value - expected[index]) < 0.0051, "\(method)")
      }
    }
  }

  @Test(arguments: metrics.keys.sorted())
  func threadsDoNotChangeCounts(_ name: String) throws {
    let metric = try #require(Self.metrics[name])
    let lines = (0..<600).map { Array(SampleFixture.systems[$0 % 3][$0 % 40].utf8) }
    let references = SegmentReferences(
      sets: SampleFixture.references.map { set in (0..<600).map { Array(set[$0 % 40].utf8) } })
    let alone = metric.statistics(hypotheses: lines, references: references)
    for threads in 1...3 {
      #expect(metric.statistics(hypotheses: lines, references: references, threads: threads) == alone)
    }
    let scores = metric.sentenceScores(hypotheses: lines, references: references)
    #expect(metric.sentenceScores(hypotheses: lines, references: references, threads: 3) == scores)
  }

  @Test func signaturesCanBeShort() {
    let bleu = BLEU().signature(referenceCount: 2)
    #expect(bleu.short == "#:2|c:mixed|e:no|tok:13a|s:exp|v:2.6.0")
    let ter = TER().score(hypotheses: ["a"], references: [["a"]])
    let signature = SignificanceTest(.bootstrap).signature(of: ter.signature, withPValue: false)
    #expect(signature.short == "#:1|bs:1000|rs:12345|c:lc|t:tercom|nr:no|pn:yes|as:no|v:2.6.0")
  }
}
