import Files
import Foundation
import TestSupport
import Testing
import Training
import TrainingReport

/// Reports of folders that lack something, or hold what a browser must not take for markup.
@Suite struct TrainingReportTests {
  @Test func aFolderWithoutALogHasAReportThatSaysWhatIsMissing() throws {
    let folder = try TemporaryFolder()
    try TrainingReport.write(model: folder.path, to: folder("report.html"))
    let page = try contents(folder("report.html"))
    for title in [
      "Loss and learning rate", "Scores of validations", "Speed and memory", "Events",
      "Sample translations over time", "Attention", "Word alignments", "Training text", "Confidence",
      "Where the model comes from",
    ] {
      #expect(page.contains(">\(title)</h2>"), "\(title)")
    }
    for words in [
      "The folder has no log of a training.", "There are no curves", "no samples.jsonl", "no training.json",
      "are not calibrated",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(throws: FileError.self) {
      try TrainingReport.write(model: folder("nowhere"), to: folder("report.html"))
    }
  }

  @Test func textOfUsersIsOnlyText() throws {
    let folder = try TemporaryFolder()
    let hostile = #"</script><img src=x onerror=alert(1)> & "q" \#u{202E}"#
    let quoted = hostile.replacing("\"", with: "\\\"")
    try write(
      [
        #"{"update": 1, "epoch": 1, "seconds": 1, "loss": 2, "perplexity": 3}"#,
        #"{"update": 1, "epoch": 1, "seconds": 1, "event": "rolled_back", "from": 2, "reason": "\#(quoted)"}"#,
      ], folder("train.jsonl"))
    let samples = try SampleLog(path: folder("samples.jsonl"), keepingUpTo: nil)
    let sample = SampleTranslation(line: 1, source: hostile, reference: hostile, translation: hostile + "!")
    try samples.append(SampleLogEntry(update: 1, samples: [sample]))
    try write([#"{"command": ["\#(quoted)"], "<b>": {"x": "<i>"}}"#], folder("training.json"))
    try TrainingReport.write(model: folder.path, to: folder("report.html"))
    let page = try contents(folder("report.html"))
    #expect(!page.contains("<img") && page.contains("&lt;img src=x onerror=alert(1)&gt;"))
    #expect(!page.contains("<b>") && !page.contains("<i>"))
    #expect(page.contains("Running or stopped: the log says no end."))
  }

  /// Numbers that are not finite, as of a training that diverges.
  @Test func curvesSurviveWhatIsNoNumber() throws {
    let folder = try TemporaryFolder()
    let updates = (1...5).map { update in
      #"{"update": \#(update), "epoch": 1, "seconds": \#(update), "loss": "nan", "perplexity": "inf", "#
        + #""learning_rate": 0, "gradient_norm": "nan", "target_tokens_per_second": 0}"#
    }
    let validation = #"{"update": 5, "epoch": 1, "seconds": 5, "valid_perplexity": "inf", "is_best": false}"#
    try write(updates + [validation, "{\"update\": 6, \"ep"], folder("train.jsonl"))
    try TrainingReport.write(model: folder.path, to: folder("report.html"))
    #expect(try contents(folder("report.html")).contains("Cross-entropy"))
  }

  private func write(_ lines: [String], _ path: String) throws {
    try writeFileAtomically(path: path, contents: Array(lines.joined(separator: "\n").utf8))
  }

  private func contents(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}
