import Decoding
import Files
import ModelFolders
import Models
import Translation

/// Sequence-level knowledge distillation: the targets of the training text are another model's, the teacher's,
/// translations of its sources.
///
/// They are simpler and more regular than human translations, so a smaller or non-autoregressive model learns them
/// better.
///
/// Source: Kim and Rush 2016, "Sequence-Level Knowledge Distillation"; Zhou et al. 2020, "Understanding Knowledge
/// Distillation in Non-autoregressive Machine Translation".
struct Distillation {
  /// The entry in `training.json`.
  struct Manifest: Codable, Equatable {
    var teacher: String
    /// A checksum of the teacher's weights.
    var weights: String
    var beam: Int
    /// Whether the original translations are trained on as well.
    var withOriginal: Bool
    /// The texts that were replayed; nil if the training text was translated.
    var replayed: [String]?

    private enum CodingKeys: String, CodingKey {
      case teacher, weights, beam, replayed
      case withOriginal = "with_original"
    }
  }

  let settings: DistillationSettings
  /// Number of translating threads.
  let threads: Int

  /// Makes the missing translations.
  ///
  /// - Parameters:
  ///   - isResumed: whether the training is resumed.
  ///   - monitor: receives the progress.
  /// - Returns: the entry for `training.json`.
  /// - Throws: errors of the teacher and of files.
  func run(isResumed: Bool, _ monitor: SessionMonitor) throws -> Manifest {
    let (checksum, beam) = try teacher(isResumed: isResumed)
    try createFolder(settings.folder)
    monitor.note(
      settings.isReplay
        ? .replaying(model: settings.teacher, beam: beam) : .distilling(teacher: settings.teacher, beam: beam)
    )
    var learnsNothing = true
    for item in settings.translations {
      let translation = CachedTranslation(
        item.source, to: item.path,
        record: .init(
          model: settings.teacher, weights: checksum, source: try fileChecksum(path: item.source),
          tag: item.tag, beam: beam))
      let record = try translation.make({ try makeTranslator(tag: item.tag, beam: beam) }, monitor)
      if record.endless != record.lines { learnsNothing = false }
    }
    if learnsNothing {
      throw TrainingRequestError.conflict(
        "'\(settings.option)': no translation of the \(settings.isReplay ? "replayed" : "training") text has an end, so there is nothing to learn; "
          + "train that model further, or choose another")
    }
    return Manifest(
      teacher: settings.teacher, weights: checksum, beam: beam, withOriginal: settings.withOriginal,
      replayed: settings.isReplay ? settings.translations.map(\.source) : nil)
  }

  /// A checksum of the teacher's weights, and the beam size of its translations.
  ///
  /// By default a non-autoregressive teacher translates without a beam, as `translate` does. A resumed run no longer
  /// needs the teacher: the record of its translation identifies it.
  private func teacher(isResumed: Bool) throws -> (weights: String, beam: Int) {
    let folder = ModelFolder(settings.teacher)
    let weights = folder.weights
    if fileExists(weights) {
      let standard = try folder.readConfiguration().isAutoregressive ? settings.beam : 1
      return (try fileChecksum(path: weights), settings.givenBeam ?? standard)
    }
    if isResumed, let first = settings.translations.first,
      let record = try CachedTranslation.whole(first.path)
    {
      return (record.weights, record.beam)
    }
    throw TrainingRequestError.conflict(
      "'\(settings.option)' needs the model '\(settings.teacher)', which is no model folder: there is no '\(weights)'; give a folder that "
        + "train-translation or average-checkpoints wrote")
  }

  private func makeTranslator(tag: String?, beam: Int) throws -> Translator {
    var request = TranslationRequest()
    request.search.beamSize = beam
    // Text as the model writes it.
    request.protection = .none
    request.sourceTag = tag
    var options = TranslationOptions()
    options.threads = threads
    return try Translator(modelFolder: settings.teacher, request: request, options: options)
  }
}
