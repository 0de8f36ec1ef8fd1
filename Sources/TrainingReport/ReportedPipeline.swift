import ModelFolders
import Text

/// The vocabulary of a model folder, if it can be read.
struct ReportedPipeline {
  /// nil if there is none, as before the first model is saved.
  let pipeline: TextPipeline?

  init(_ folder: ModelFolder) { pipeline = try? TextPipeline(folder: folder.path) }

  /// The languages as HTML language tags; nil if they are not known.
  var sourceLanguage: String? { pipeline.flatMap { tag($0.settings.sourceLanguage) } }
  var targetLanguage: String? { pipeline.flatMap { tag($0.settings.targetLanguage) } }

  private func tag(_ language: String) -> String? {
    let language = language.replacing("_", with: "-")
    let isTag =
      !language.isEmpty
      && language.utf8.allSatisfy { $0 == UInt8(ascii: "-") || Character(Unicode.Scalar($0)).isLetter }
    return isTag ? language : nil
  }
}
