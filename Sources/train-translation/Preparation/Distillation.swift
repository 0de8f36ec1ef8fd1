import CommandLineArguments
import Decoding
import Files
import Models
import Text
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
  struct Manifest: Codable {
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

  let manifest: Manifest

  /// Translates the training text where that has not been done, and puts the translations into the place of its
  /// targets, or beside them.
  ///
  /// - Parameter arguments: their training files become others.
  /// - Returns: what was done; nil without `--distill-from`.
  /// - Throws: what is wrong with the teacher or with a file, and what writing throws.
  static func apply(_ arguments: inout TrainTranslationArguments) throws -> Distillation? {
    guard let teacher = arguments.distillFrom else { return nil }
    let folder = "\(arguments.model)/distilled"
    let checksum = try Self.checksum(ofTeacher: teacher, translations: folder, isResumed: arguments.resume)
    try createFolder(folder)
    say("distilling from '\(teacher)' with a beam of \(arguments.distillBeam)")
    var targets: [String] = []
    for (index, source) in arguments.trainSource.enumerated() {
      let tag = arguments.trainTags[index]
      let translation = CachedTranslation(
        source, to: "\(folder)/\(index + 1).txt",
        record: .init(
          model: teacher, weights: checksum, source: try fileChecksum(path: source), tag: tag,
          beam: arguments.distillBeam))
      _ = try translation.make({ try makeTranslator(arguments, tag: tag) }, say: say)
      targets.append(translation.path)
    }
    arguments.replaceTargets(by: targets)
    return Distillation(
      manifest: Manifest(
        teacher: teacher, weights: checksum, beam: arguments.distillBeam,
        withOriginal: arguments.distillWithOriginal))
  }

  /// A checksum of the teacher's weights.
  ///
  /// A run that is resumed needs the teacher no more: what it made of the text says which one it was.
  private static func checksum(ofTeacher teacher: String, translations: String, isResumed: Bool) throws
    -> String
  {
    let weights = "\(teacher)/\(ModelFiles.weights)"
    if fileExists(weights) { return try fileChecksum(path: weights) }
    if isResumed, let record = try CachedTranslation.whole("\(translations)/1.txt") { return record.weights }
    throw ArgumentError.conflict(
      "'--distill-from \(teacher)' names no model folder: there is no '\(weights)'; give a folder that "
        + "train-translation or average-checkpoints wrote")
  }

  private static func makeTranslator(_ arguments: TrainTranslationArguments, tag: String?) throws
    -> Translator
  {
    var options = TranslationOptions()
    // Unless another is asked for, each decoder's own: of CTC it is not the one of token by token.
    let isUsual = arguments.distillBeam == TrainTranslationArguments().distillBeam
    options.search.beamSize = isUsual ? nil : arguments.distillBeam
    options.threads = arguments.threads
    options.sourceTag = tag
    return try Translator(modelFolder: arguments.distillFrom ?? "", options: options)
  }
}

extension TrainTranslationArguments {
  static let distillationOptions: [Option<Self>] = [
    Option(
      "--distill-from", "folder",
      "model whose translations of the training text are learned instead of those given; they are kept in MODEL/distilled",
      \.distillFrom),
    Option(
      "--distill-beam", "count", "hypotheses that it keeps at each step", \.distillBeam,
      limit: .between(1, 1000)
    ).only(with: \.distillFrom),
    Option(
      "--distill-with-original", "learn the translations given as well: each source sentence is there twice",
      \.distillWithOriginal
    ).only(with: \.distillFrom),
  ]

  /// Refuses what has no meaning together with distillation,.
  func validateDistillation() throws(ArgumentError) {
    guard distillFrom != nil else { return }
    if isAutomatic {
      throw .conflict(
        "'--preset auto' looks at the text before it is translated; choose another preset with '--distill-from'"
      )
    }
    if !alignment.files.isEmpty {
      throw .conflict(
        "'--guided-alignment' aligns the translations given, not those of '--distill-from'; leave one of them out"
      )
    }
    if trainSource.contains("-") {
      throw .conflict(
        "'--distill-from' reads the training text more than once; name a file for '--train-source'")
    }
  }

  /// Trains on other targets, and where the given ones are to stay, on these behind them.
  fileprivate mutating func replaceTargets(by targets: [String]) {
    guard distillWithOriginal else { return trainTarget = targets }
    let files = trainSource.count
    trainTarget = targets + trainTarget
    trainSource += trainSource
    trainWeight += trainWeight
    // A tag for each file; one for all stays one for all.
    if prefixSource.count == files, files > 1 { prefixSource += prefixSource }
  }
}
