import Evaluation
import Testing

/// Compares every metric with sacreBLEU on deliberately difficult texts.
@Suite struct ScoreTests {
  static let metrics: [String: any Metric] = [
    "bleu 13a": BLEU(), "bleu none": BLEU(tokenization: .none), "bleu zh": BLEU(tokenization: .chinese),
    "bleu intl": BLEU(tokenization: .international), "bleu char": BLEU(tokenization: .character),
    "bleu floor": BLEU(smoothing: .floor(0.1)), "bleu add-k": BLEU(smoothing: .add(1)),
    "bleu unsmoothed": BLEU(smoothing: .none), "bleu lowercase": BLEU(isLowercased: true),
    "bleu order 2": BLEU(maximumOrder: 2), "chrf": ChrF(), "chrf++": ChrF(wordOrder: 2),
    "chrf lowercase": ChrF(isLowercased: true),
    "chrf whitespace beta 1": ChrF(beta: 1, countsWhitespace: true), "ter": TER(),
    "ter case": TER(isCaseSensitive: true),
  ]

  @Test(arguments: ScoreFixture.all)
  func corpusAndSegmentsEqualSacreBLEU(_ fixture: ScoreFixture) throws {
    for expected in fixture.scores {
      let metric = try #require(Self.metrics[expected.metric])
      let score = metric.score(hypotheses: fixture.hypotheses, references: fixture.references)
      #expect(abs(score.value - expected.corpus) < 1e-9, "\(fixture.name), \(expected.metric)")
      let segments = metric.sentenceScores(
        hypotheses: fixture.hypotheses.map { Array($0.utf8) },
        references: fixture.references.map { $0.map { Array($0.utf8) } })
      for (segment, value) in zip(segments, expected.segments) {
        #expect(abs(segment.value - value) < 1e-9, "\(fixture.name), \(expected.metric)")
      }
    }
  }

  @Test(arguments: ScoreFixture.all)
  func lineAndSignatureAreWrittenAsSacreBLEUWritesThem(_ fixture: ScoreFixture) throws {
    // With add-k, sacreBLEU prints the changed counts; ours prints the actual counts.
    for expected in fixture.scores where expected.metric != "bleu add-k" {
      let metric = try #require(Self.metrics[expected.metric])
      let score = metric.score(hypotheses: fixture.hypotheses, references: fixture.references)
      #expect(score.description == expected.line, "\(fixture.name), \(expected.metric)")
    }
  }

  @Test func everyMetricIsCompared() {
    #expect(Set(ScoreFixture.all[0].scores.map(\.metric)) == Set(Self.metrics.keys))
  }

  @Test(arguments: metrics.keys.sorted())
  func orderOfSegmentsAndOfReferencesIsWithoutMeaning(_ name: String) throws {
    let metric = try #require(Self.metrics[name])
    let fixture = ScoreFixture.all[1]
    let score = metric.score(hypotheses: fixture.hypotheses, references: fixture.references)
    let reversed = metric.score(
      hypotheses: fixture.hypotheses.reversed(),
      references: fixture.references.reversed().map { $0.reversed() })
    #expect(abs(score.value - reversed.value) < 1e-9)
  }

  @Test(arguments: metrics.keys.sorted())
  func noSegmentsScoreZero(_ name: String) throws {
    let metric = try #require(Self.metrics[name])
    #expect(metric.score(hypotheses: [[UInt8]](), references: [[]]).value == 0)
  }

  @Test func invalidUTF8IsScoredAndNotTrappedOn() {
    let bytes: [[UInt8]] = [[0xE2, 0x80], [0xC3], [0x61, 0xFF, 0x20, 0xE3]]
    for metric in Self.metrics.values {
      #expect(metric.score(hypotheses: bytes, references: [bytes]).value >= 0)
    }
  }
}
