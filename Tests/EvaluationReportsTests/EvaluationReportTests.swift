import Evaluation
import EvaluationReports
import HTMLReports
import Testing

@Suite struct EvaluationReportTests {
  private let sentences = [
    "The cat sat on the mat.", "A very long sentence has many more words than the others do.", "Yes.",
    "<b>bold</b>",
  ]

  private func report(_ systems: [[String]], references: [[String]]? = nil) -> EvaluationReport {
    let references = SegmentReferences(sets: (references ?? [sentences]).map { $0.map { Array($0.utf8) } })
    let systems = systems.enumerated().map { index, lines in
      EvaluationReport.System(name: "system<\(index)>", lines: lines.map { Array($0.utf8) })
    }
    let metrics: [any Metric] = [BLEU(), ChrF(), TER()]
    return EvaluationReport(
      systems: systems, references: references,
      metrics: metrics.map { metric in
        .init(
          metric: metric, signature: "settings",
          scores: systems.enumerated().map { index, system in
            .init(
              value: metric.score(hypotheses: system.lines, references: references).value, halfWidth: 1.5,
              pValue: index == 0 ? nil : 0.01)
          })
      })
  }

  @Test func systemsStandSideBySideWithDifferencesMarked() {
    var other = sentences
    other[0] = "The dog sat on the mat."
    let page = report([sentences, other]).page.html
    #expect(page.contains("The <del>cat</del> <ins>dog</ins> sat on the mat."))
    #expect(
      page.contains("system&lt;1&gt;") && !page.contains("system<0") && !page.contains("system<1")
        && !page.contains("<b>"))
    #expect(page.contains("± 1.5 (p = 0.0100)*"))
    #expect(page.contains("Sentences in which systems differ most"))
    // Every sentence once, and ten of the others for each of five choices at most.
    #expect(page.ranges(of: "class=\"entry-head\"").count == 6 * sentences.count)
  }

  @Test func wordsAreComparedWithTheNearestReference() {
    let page = report([["a b c"]], references: [["x y z"], ["a b d"]]).page.html
    #expect(page.contains("a b <del>d</del> <ins>c</ins>"))
    #expect(page.contains("Reference 2"))
  }

  @Test func onlyOneSystemIsNotCompared() {
    let page = report([sentences]).page.html
    #expect(!page.contains("differ most") && !page.contains("(baseline)"))
  }

  @Test func scoresOfLengthsAreThoseOfTheirSentences() throws {
    var other = sentences
    other[1] = "x"
    let page = report([other]).page.html
    // The only sentence of 10 to 19 words is wrong, the shorter ones are right.
    let table = try #require(page.firstRange(of: "<caption>chrF2 by sentence length"))
    let rows = page[table.upperBound...].prefix(700)
    #expect(rows.contains(">0–9 (3)</th><td class=\"number\" data-key=\"100.0\">100</td>"))
    #expect(rows.contains(">10–19 (1)</th><td class=\"number\" data-key=\"0.0\">0</td>"))
  }

  @Test func ofManySentencesASampleIsShown() {
    let lines = (0..<EvaluationReport.mostSentences + 1).map { "\($0)" }
    let page = report([lines], references: [lines]).page.html
    #expect(page.contains("Of 3,001 sentences, one in 2 is shown"))
    // The best and the worst ten besides the sample.
    #expect(page.ranges(of: "class=\"entry-head\"").count == 1501 + 20)
  }

  @Test(arguments: [[""], ["word"], ["。"]]) func tinyTextsHaveAPage(_ lines: [String]) {
    let page = report([lines, lines], references: [lines]).page.html
    #expect(!page.contains("nan") && page.contains("All sentences"))
  }
}
