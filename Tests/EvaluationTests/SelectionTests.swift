import Evaluation
import Testing

@Suite struct SelectionTests {
  private let hypotheses = ["The cat sat.", "A dog.", "Yes, it rains a lot today."].map { Array($0.utf8) }
  private let references = ["The cat sat down.", "The dog.", "Yes, it rains much today."].map {
    Array($0.utf8)
  }

  @Test func scoresOfSomeSegmentsAreThoseOfATextOfThem() {
    let metrics: [any Metric] = [BLEU(), ChrF(), TER()]
    for metric in metrics {
      let statistics = metric.statistics(hypotheses: hypotheses, references: [references])
      for segments in [[0, 1, 2], [2], [0, 2]] {
        let score = metric.score(of: statistics, segments: segments, referenceCount: 1)
        let alone = metric.score(
          hypotheses: segments.map { hypotheses[$0] }, references: [segments.map { references[$0] }])
        #expect(score == alone)
      }
      #expect(metric.score(of: statistics, segments: [], referenceCount: 1).value == 0)
    }
  }

  @Test func wordsAreThoseOfTheTokenizer() {
    func words(_ line: String, _ bleu: BLEU) -> [String] {
      bleu.words(of: Array(line.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(words("Yes, 3.5 dogs.  ", BLEU()) == ["Yes", ",", "3.5", "dogs", "."])
    #expect(words("Yes, no.", BLEU(tokenization: .none, isLowercased: true)) == ["yes,", "no."])
    #expect(words("我喜歡狗。", BLEU(tokenization: .chinese)) == ["我", "喜", "歡", "狗", "。"])
    #expect(words("", BLEU()) == [])
  }
}
