import Evaluation
import Testing

@Suite struct PairwiseChrFTests {
  static let lines = [
    "the cat sat on the mat .", "the cat sat on a mat .", "A cat, on the mat!", "", " ", "x", "xx xx xx xx",
    "Über die Brücke", "über die brücke gehen", "日本語の文", "日本の文", "(hi) there", "hi there)",
  ]

  static let metrics = [
    ChrF(), ChrF(wordOrder: 2), ChrF(isLowercased: true), ChrF(countsWhitespace: true),
    ChrF(smoothsByEpsilon: true), ChrF(characterOrder: 2, beta: 1), ChrF(characterOrder: 0, wordOrder: 1),
  ]

  @Test(arguments: metrics.indices)
  func scoresAreThoseOfTheMetric(index: Int) {
    let metric = Self.metrics[index]
    let lines = Self.lines.map { Array($0.utf8) }
    let pairwise = PairwiseChrF(lines, metric: metric)
    #expect(pairwise.count == lines.count)
    for (place, reference) in lines.enumerated() {
      let expected = metric.sentenceScores(
        hypotheses: lines, references: [Array(repeating: reference, count: lines.count)])
      #expect(pairwise.scores(against: place) == expected.map(\.value), "\(Self.lines[place])")
    }
  }
}
