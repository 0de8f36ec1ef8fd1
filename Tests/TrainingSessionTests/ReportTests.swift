import Files
import Foundation
import Synchronization
import TestSupport
import Testing
import Training
import TrainingSession

/// Reports of trainings, while they run and afterwards.
@Suite struct ReportTests {
  static let titles = [
    "Loss and learning rate", "Scores of validations", "Speed and memory", "Events",
    "Sample translations over time", "Attention", "Word alignments", "Training text", "Confidence",
    "Where the model comes from",
  ]

  @Test func theReportOfATrainingHasAllParts() async throws {
    let text = try ToyText()
    var request = text.teacherRequest
    request.validation.metrics = [.chrf]
    (request.stopping.validateEvery, request.stopping.logEvery) = (.updates(50), 10)
    request.records.report = text.folder("report.html")
    _ = try await TrainingSession(request).run()
    let page = try contents(text.folder("report.html"))
    for title in Self.titles { #expect(page.contains(">\(title)</h2>"), "\(title)") }
    for words in [
      "Finished: all updates are done, update 150", "Cross-entropy", "BLEU and chrF over time",
      "Memory of the process",
      "Norm of the gradient", "of the words in common:", "Layer 1, head 2",
      "Words that belong together, line 1",
      "Lengths of sentences", "Words by their number of subwords", "What probabilities are worth",
      "The training ended: all updates are done.", "config.json, the architecture",
    ] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(page.utf8.count < 1_000_000)
    try expectWholeAttention(page)
    // It needs nothing else: no address is loaded.
    for start in ["src=\"http", "href=\"http", "url(", "@import"] {
      #expect(!page.contains(start), "\(start)")
    }
  }

  @Test func theReportIsMadeAgainWhileTheTrainingRuns() async throws {
    let text = try ToyText()
    var request = text.request(updates: 9)
    request.records.report = text.folder("report.html")
    let (path, pages) = (text.folder("report.html"), Pages())
    _ = try await TrainingSession(request).run { event in
      switch event {
      case .training(.updated(_, let state, _)) where state.update == 1: pages.add(path)
      case .training(.validated): pages.add(path)
      default: break
      }
    }
    let all = pages.list
    #expect(all.count == 4)
    #expect(all[0].contains("Running: no line of the log yet.") && all[0].contains("reload the page"))
    #expect(all[1].contains("Running: update 3") && all[2].contains("Running: update 6"))
    #expect(try contents(path).contains("Finished: all updates are done, update 9"))
    #expect(try !contents(path).contains("reload the page"))
  }

  @Test func aResumedTrainingShowsBothParts() async throws {
    let text = try ToyText()
    var request = text.request(updates: 3)
    (request.records.report, request.stopping.logEvery) = (text.folder("report.html"), 1)
    _ = try await TrainingSession(request).run()
    (request.files.resume, request.stopping.maxUpdates) = (true, 6)
    _ = try await TrainingSession(request).run()
    let page = try contents(text.folder("report.html"))
    #expect(page.contains("The training had ended (all updates are done), and was resumed."))
    let validations = page.components(separatedBy: "<caption>Validations</caption>")
    let table = try #require(validations.last?.components(separatedBy: "</table>").first)
    #expect(table.contains(">3</th>") && table.contains(">6</th>"))
  }

  @Test func aReportThatCannotBeWrittenIsToldOrWarnedOf() async throws {
    let text = try ToyText()
    var request = text.request(updates: 6)
    request.records.report = text.folder("missing/report.html")
    await #expect(throws: FileError.self) { try await TrainingSession(request).run() }
    try createFolder(text.folder("reports"))
    request.records.report = text.folder("reports")
    #expect(throws: TrainingRequestError.self) { try TrainingSession(request) }
    request.records.report = text.folder("reports/report.html")
    let (reports, events) = (text.folder("reports"), Events())
    let outcome = try await TrainingSession(request).run { event in
      events.add(event)
      if case .training(.updated(_, let state, _)) = event, state.update == 1 {
        try? FileManager.default.removeItem(atPath: reports)
      }
    }
    #expect(outcome.end == .maxUpdates && outcome.failure == nil)
    let warnings = events.notices.filter { if case .recordNotWritten = $0 { true } else { false } }
    #expect(warnings.count == 1 && warnings.allSatisfy { "\($0)".contains("training continues") })
  }

  /// Checks that the attention of each token adds up to 1, in the letters of the page, of which `z` is 1.
  private func expectWholeAttention(_ page: String) throws {
    let heads = page.components(separatedBy: "<pre data-layer=").dropFirst().compactMap { part in
      part.components(separatedBy: "</pre>").first?.components(separatedBy: ">").last
    }
    // One layer with two heads, for each of the sentences.
    #expect(!heads.isEmpty && heads.count.isMultiple(of: 2))
    let letters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
    for head in heads {
      let rows = head.split(separator: "\n")
      #expect(rows.count > 1 && Set(rows.map(\.count)).count == 1)
      for row in rows {
        let sum = try row.map { try #require(letters.firstIndex(of: $0)) }.reduce(0, +)
        #expect(abs(sum - 61) <= row.count / 2 + 1, "\(row)")
      }
    }
  }

  private func contents(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}

/// Copies of a file at different times.
private final class Pages: Sendable {
  private let files = Mutex<[String]>([])
  var list: [String] { files.withLock { $0 } }
  func add(_ path: String) {
    let file = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    files.withLock { $0.append(file) }
  }
}
