import Files
import Foundation
import HTMLReports
import ModelDescription
import ModelReport
import Models
import Testing

@Suite struct ModelReportTests {
  private let description: ModelDescription = {
    var configuration = ModelConfiguration(sourceVocabularySize: 30, targetVocabularySize: 40)
    (configuration.size, configuration.innerSize, configuration.heads) = (16, 32, 2)
    return DescribedModel(configuration).description(DescriptionSettings())
  }()

  @Test func aPresetHasFiguresAndNoTraining() throws {
    let page = try ModelReport(description, title: "preset 'x<y'", folder: nil).page()
    #expect(page.title == "Report of preset 'x<y'")
    #expect(
      page.sections.map(\.title) == [
        "Architecture", "Arithmetic", "Memory of training", "Memory of translation",
      ])
    let html = page.html
    #expect(html.contains("Report of preset &#39;x&lt;y&#39;"))
    // Each module has its row, and the counts are those of the description.
    for module in description.parameters {
      #expect(html.contains(">\(module.title)</th>"), "\(module.title)")
    }
    #expect(html.contains("30 source and 40 target tokens"))
  }

  @Test func aFolderHasItsTrainingBehindTheFigures() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let titles = try ModelReport(description, title: "model", folder: folder).page().sections.map(\.title)
    #expect(titles.prefix(2) == ["Architecture", "Arithmetic"])
    #expect(titles.contains("Loss and learning rate"))
    #expect(throws: FileError.self) {
      try ModelReport(description, title: "model", folder: folder + "/missing").page()
    }
  }

  @Test func measuredSpeedIsShown() throws {
    var measured = description
    measured.speed = try JSONDecoder().decode(
      SpeedDescription.self,
      from: Data(
        """
        {"random_weights": true, "threads": 2, "kernels": "portable", "read_bandwidth": 5e9, "decoding": [],
         "training": [{"precision": "float32", "measured_tokens": 100, "seconds_of_update": 0.01,
           "seconds_of_token": 0.001, "tokens_per_second": 777, "share_of_products": 0.5,
           "operations": [{"name": "linear", "forward": 2e9, "share": 0.4}],
           "batches": [{"batch_tokens": 1024, "tokens_per_second": 777}]}]}
        """.utf8))
    let html = try ModelReport(measured, title: "model", folder: nil).page().html
    for words in ["Speed on this machine", "777", "linear", "5.0 GB/s"] {
      #expect(html.contains(words), "\(words)")
    }
  }
}
