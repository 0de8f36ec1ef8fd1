package import Files
import Formatting
import Foundation
package import HTMLReports
import ModelFolders

/// A page about the training of a model: its curves, what it attends to, how its translations became better, its text.
///
/// What takes long is kept, so that a report can be made again after each validation.
package struct TrainingReport {
  private let folder: ModelFolder
  /// Whether the training is going on; nil if whoever asks does not know.
  package var isRunning: Bool?
  private var text: PageSection?
  private var attention = AttentionCache()

  /// A report of the training of a model.
  ///
  /// - Parameters:
  ///   - model: its folder.
  ///   - isRunning: whether the training is going on; nil if that is not known.
  package init(model: String, isRunning: Bool? = nil) {
    (folder, self.isRunning) = (ModelFolder(model), isRunning)
  }

  /// Writes a report of a model folder, whatever it records, whole or not at all.
  ///
  /// - Parameters:
  ///   - model: the folder.
  ///   - path: an HTML file.
  /// - Throws: `FileError` if the folder is missing, a file in it cannot be read, or the report cannot be written.
  package static func write(model: String, to path: String) throws(FileError) {
    var report = TrainingReport(model: model)
    try report.write(to: path)
  }

  /// Writes the report as of now, whole or not at all.
  ///
  /// - Throws: `FileError` if a file of the folder cannot be read, or the report cannot be written.
  package mutating func write(to path: String) throws(FileError) {
    try page().write(to: path)
  }

  /// The report as of now.
  ///
  /// - Throws: `FileError` if a file of the folder cannot be read.
  package mutating func page() throws(FileError) -> HTMLPage {
    guard folderExists(folder.path) else { throw FileError.notFound(path: folder.path) }
    let records = try TrainingRecords(folder)
    let pipeline = ReportedPipeline(folder)
    text = text ?? textSection(records, pipeline)
    let text = text ?? missingText(records, pipeline)
    let sections =
      [
        lossSection(records), scoreSection(records), paceSection(records), eventSection(records),
        sampleSection(records, pipeline),
      ] + attention.sections(records, isSparing: isRunning == true) + [
        text, confidenceSection(records), manifestSection(records),
      ]
    return HTMLPage(
      title: "Training report of \(folder.path)",
      introduction: introduction(records, isRunning: isRunning), sections: sections)
  }
}

/// A part of the report that is left out.
func missing(_ title: String, because reason: String) -> PageSection {
  PageSection(title, [.note(.text(reason))])
}
