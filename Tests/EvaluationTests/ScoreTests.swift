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
    "chrf order 3 and 1, epsilon": ChrF(characterOrder: 3, wordOrder: 1, smoothsByEpsilon: true),
    "chrf beta 3, epsilon, whitespace": ChrF(beta: 3, countsWhitespace: true, smoothsByEpsilon: true),
    "ter normalized": TER(isNormalized: true), "ter without punctuation": TER(removesPunctuation: true),
    "ter normalized, Asian": TER(isNormalized: true, supportsAsianText: true),
    "ter without Asian punctuation": TER(removesPunctuation: true, supportsAsianText: true),
    "ter everything": TER(
      isCaseSensitive: true, isNormalized: true, removesPunctuation: true, supportsAsianText: true),
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

  @Test(arguments: ScoreFixture.variable)
  func segmentsMayHaveDifferentNumbersOfReferences(_ fixture: ScoreFixture) throws {
    let hypotheses = fixture.hypotheses.map { Array($0.utf8) }
    let references = SegmentReferences(
      sets: fixture.references.map { $0.map { Array($0.utf8) } }, skippingEmpty: true)
    for expected in fixture.scores where expected.metric != "bleu add-k" {
      let metric = try #require(Self.metrics[expected.metric])
      let score = metric.score(hypotheses: hypotheses, references: references)
      #expect(abs(score.value - expected.corpus) < 1e-9, "\(fixture.name), \(expected.metric)")
      #expect(score.description == expected.line, "\(fixture.name), \(expected.metric)")
      for (segment, value) in zip(
        metric.sentenceScores(hypotheses: hypotheses, references: references), expected.segments)
      {
        #expect(abs(segment.value - value) < 1e-9, "\(fixture.name), \(expected.metric)")
      }
    }
  }

  @Test func aPerfectTranslationScoresExactlyOneHundred() {
    let lines = (0..<40).map { line in
      (0...line).map { "w\($0 * 7 % (line + 3))" }.joined(separator: " ")
    }
    for count in 1...lines.count {
      let some = Array(lines.suffix(count))
      #expect(BLEU().score(hypotheses: some, references: [some]).value <= 100)
      #expect(
        ChrF(wordOrder: 2, smoothsByEpsilon: true).score(hypotheses: some, references: [some]).value <= 100)
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
    // With epsilon smoothing, sacreBLEU's score of nothing is epsilon.
    #expect(metric.score(hypotheses: [[UInt8]](), references: [[]]).value < 1e-9)
  }

  @Test func invalidUTF8IsScoredAndNotTrappedOn() {
    let bytes: [[UInt8]] = [[0xE2, 0x80], [0xC3], [0x61, 0xFF, 0x20, 0xE3]]
    for metric in Self.metrics.values {
      #expect(metric.score(hypotheses: bytes, references: [bytes]).value >= 0)
    }
  }
}
