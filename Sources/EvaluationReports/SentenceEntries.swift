import Evaluation
import HTMLReports

/// Sentences side by side: source, references, and the translations of all systems with their differences.
struct SentenceEntries {
  private let report: EvaluationReport
  private let measured: MeasuredSegments

  init(_ report: EvaluationReport, _ measured: MeasuredSegments) {
    (self.report, self.measured) = (report, measured)
  }

  /// What the marks mean, with a choice of whether missing words are shown.
  static let legend =
    HTML.note(
      "Words that the nearest reference does not have are " + .element("ins", [:], "marked")
        + "; words of the reference that a translation lacks can be shown "
        + .element("del", [:], "like this") + ".")
    + .element(
      "p", ["class": "choices"],
      .element(
        "label", ["class": "check"], .element("input", ["type": "checkbox", "class": "show-missing"]),
        "Show missing words"))

  /// A segment.
  func entry(_ segment: Int) -> HTML {
    let references = report.references.segments[segment].map { String(decoding: $0, as: UTF8.self) }
    var rows: [HTML] = []
    if let sources = report.sources {
      rows.append(Self.row("Source", .userText(String(decoding: sources[segment], as: UTF8.self))))
    }
    for (index, reference) in references.enumerated() {
      rows.append(
        Self.row(references.count == 1 ? "Reference" : "Reference \(index + 1)", .userText(reference)))
    }
    for system in report.systems.indices { rows.append(row(system, segment, references)) }
    return .element("p", ["class": "entry-head"], "Sentence \(segment + 1)")
      + .element("dl", ["class": "versions"], rows)
  }

  private func row(_ system: Int, _ segment: Int, _ references: [String]) -> HTML {
    let text = String(decoding: report.systems[system].lines[segment], as: UTF8.self)
    let differences = references.map { WordDifference(reference: $0, translation: text) }
    let nearest = differences.max { $0.similarity < $1.similarity }
    let scores = report.metrics.indices.map { index in
      "\(report.metrics[index].metric.name) \(shortScore(measured.scores[index][system][segment]))"
    }
    let shown = text.isEmpty ? HTML.element("em", [:], "empty") : .userText(nearest?.html ?? .text(text))
    return Self.row(
      report.systems[system].name,
      shown + " " + .element("span", ["class": "score"], .text(scores.joined(separator: ", "))))
  }

  private static func row(_ name: String, _ contents: HTML) -> HTML {
    .element("div", [:], .element("dt", [:], .text(name)), .element("dd", [:], contents))
  }
}
