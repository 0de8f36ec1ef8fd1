import CommandLineArguments
import ModelDescription
import Reporting
import TrainingSession

/// The model that is described: that of a folder, or of a preset.
struct Subject {
  /// For people: "preset 'base'" or "model 'folder'".
  let title: String
  private let model: DescribedModel
  private let settings: DescriptionSettings

  /// Reads a folder, or lays out a preset.
  ///
  /// - Throws: `ArgumentError` for settings that do not fit together, and errors of the folder's files.
  init(_ arguments: DescribeModelArguments) throws {
    let request = arguments.request
    let target = arguments.targetVocabularySize
    var settings = DescriptionSettings()
    (settings.batchTokens, settings.length) = (request.batches.tokens, arguments.length)
    (settings.pairs, settings.beam) = (arguments.pairs, arguments.beam)
    do throws(TrainingRequestError) {
      let plan = try request.description(
        sourceVocabulary: arguments.vocabularySize, targetVocabulary: target ?? arguments.vocabularySize,
        isJoint: target == nil)
      settings.trainer = plan.trainer
      self.settings = settings
      if arguments.model.isEmpty {
        title = "preset '\(request.architecture.preset.rawValue)'"
        model = DescribedModel(plan.model)
        return
      }
    } catch {
      switch error {
      case .missing(let options): throw ArgumentError.missingOptions(options)
      case .conflict(let message): throw ArgumentError.conflict(message)
      }
    }
    title = "model '\(arguments.model)'"
    model = try DescribedModel(folder: arguments.model)
  }

  /// All figures but those that are measured.
  func description() -> ModelDescription { model.description(settings) }

  /// The measured speed, with a progress bar.
  func speed() throws -> SpeedDescription {
    let bar = ProgressBar("describe-model: measuring", total: model.stages)
    defer { bar.finish() }
    var stages = 0
    return try model.measureSpeed(settings) {
      bar.update(stages)
      stages += 1
    }
  }
}
