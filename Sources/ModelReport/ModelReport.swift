package import Files
package import HTMLReports
package import ModelDescription
import TrainingReport

/// A page about a model: what it is and costs, and how it was trained.
package struct ModelReport {
  private let description: ModelDescription
  private let title: String
  /// The folder of the model; nil for a preset.
  private let folder: String?

  /// A report.
  ///
  /// - Parameters:
  ///   - description: the figures.
  ///   - title: what is described, such as "preset 'base'".
  ///   - folder: the model's folder; nil for a preset, which was not trained.
  package init(_ description: ModelDescription, title: String, folder: String?) {
    (self.description, self.title, self.folder) = (description, title, folder)
  }

  /// Writes the report, whole or not at all.
  ///
  /// - Throws: `FileError` if a file of the folder cannot be read, or the report cannot be written.
  package func write(to path: String) throws(FileError) { try page().write(to: path) }

  /// The report.
  ///
  /// - Throws: `FileError` if a file of the folder cannot be read.
  package func page() throws(FileError) -> HTMLPage {
    var page = HTMLPage(
      title: "Report of \(title)",
      introduction: [
        .paragraph("A model before training: what it is, and what it costs to train and to run.")
      ],
      sections: [])
    if let folder {
      var training = TrainingReport(model: folder)
      page = try training.page()
      page.title = "Report of \(title)"
    }
    page.sections =
      [shapeSection(description), arithmeticSection(description.arithmetic)]
      + [
        trainingMemorySection(description.trainingMemory), decodingMemorySection(description.decodingMemory),
      ]
      + (description.speed.map { [speedSection($0)] } ?? []) + page.sections
    return page
  }
}
