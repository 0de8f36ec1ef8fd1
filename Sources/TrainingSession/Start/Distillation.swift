import Decoding
import Files
import ModelFolders
import Translation

/// Sequence-level knowledge distillation: the training text's targets are what another model, the teacher, makes of its
/// sources.
///
/// Its translations are simpler and more regular than people's, so that a smaller model, or one that predicts all
/// tokens at once, learns them better.
///
/// Source: Kim and Rush 2016, "Sequence-Level Knowledge Distillation"; Zhou et al. 2020, "Understanding Knowledge
/// Distillation in Non-autoregressive Machine Translation".
struct Distillation {
  /// What `training.json` says of it.
  struct Manifest: Codable, Equatable {
    var teacher: String
    /// A checksum of the teacher's weights.
    var weights: String
    var beam: Int
    /// Whether the original translations are trained on as well.
    var withOriginal: Bool

    private enum CodingKeys: String, CodingKey {
      case teacher, weights, beam
      case withOriginal = "with_original"
    }
  }

  let settings: DistillationSettings
  /// Threads that translate.
  let threads: Int

  /// Makes the translations that are not there yet.
  ///
  /// - Parameters:
  ///   - isResumed: whether the training is.
  ///   - monitor: told how far it is.
  /// - Returns: what `training.json` says of it.
  /// - Throws: what is wrong with the teacher or with a file, and what writing throws.
  func run(isResumed: Bool, _ monitor: SessionMonitor) throws -> Manifest {
    let checksum = try teacherChecksum(isResumed: isResumed)
    try createFolder(settings.folder)
    monitor.note(.distilling(teacher: settings.teacher, beam: settings.beam))
    for item in settings.translations {
      let translation = CachedTranslation(
        item.source, to: item.path,
        record: .init(
          model: settings.teacher, weights: checksum, source: try fileChecksum(path: item.source),
          tag: item.tag, beam: settings.beam))
      try translation.make({ try makeTranslator(tag: item.tag) }, monitor)
    }
    return Manifest(
      teacher: settings.teacher, weights: checksum, beam: settings.beam, withOriginal: settings.withOriginal)
  }

  /// A checksum of the teacher's weights.
  ///
  /// A run that is resumed needs the teacher no more: what it made of the text says which one it was.
  private func teacherChecksum(isResumed: Bool) throws -> String {
    let weights = ModelFolder(settings.teacher).weights
    if fileExists(weights) { return try fileChecksum(path: weights) }
    if isResumed, let first = settings.translations.first,
      let record = try CachedTranslation.whole(first.path)
    {
      return record.weights
    }
    throw TrainingRequestError.conflict(
      "'--distill-from \(settings.teacher)' names no model folder: there is no '\(weights)'; give a folder that "
        + "train-translation or average-checkpoints wrote")
  }

  private func makeTranslator(tag: String?) throws -> Translator {
    var request = TranslationRequest()
    // Unless another is asked for, each decoder's own: CTC's is not that of the autoregressive one.
    request.search.beamSize = settings.givenBeam
    request.sourceTag = tag
    var options = TranslationOptions()
    options.threads = threads
    return try Translator(modelFolder: settings.teacher, request: request, options: options)
  }
}
