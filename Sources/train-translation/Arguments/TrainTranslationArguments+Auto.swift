public import CommandLineArguments
import Models
import Recipes
public import Text

/// Sizes by the names of `--preset`, and the one that is chosen by the text.
enum PresetName: String, CaseIterable, ArgumentValue {
  case auto, tiny, small, base, big
}

extension TokenizerKind: ArgumentValue {}
extension NormalizationForm: ArgumentValue {}

extension TrainTranslationArguments {
  /// What `--preset auto` needs to build a vocabulary, as `build-vocab` does.
  static let autoOptions: [Option<Self>] = [
    Option("--source-language", "code", "language of the source, as 'de' or 'pt-BR'", \.sourceLanguage),
    Option("--target-language", "code", "language of the target", \.targetLanguage),
    Option("--tokenizer", "kind", "'whitespace' for text that is tokenized already", \.tokenizer),
    Option("--normalization", "form", "which spelling of equal characters is kept", \.normalization),
    Option("--lowercase", "put all text in lower case", \.lowercase),
    Option(
      "--merges", "count", "merge operations of byte pair encoding (default: by the text)", \.merges,
      limit: .atLeast(0)),
    Option("--joint", "one vocabulary for both sides (default: where they share a script)", \.joint),
    Option("--separate", "a vocabulary for each side", \.joint, sets: false),
    Option("--plan", "only say what --preset auto would choose, and end; nothing is written", \.plan),
  ]

  /// Options that have no meaning without a vocabulary to build.
  private static var vocabularyOptions: [PartialKeyPath<Self>] {
    [\.sourceLanguage, \.targetLanguage, \.tokenizer, \.normalization, \.lowercase, \.merges, \.joint]
  }

  /// The size that the preset names; of `auto` the smallest, until it is chosen.
  var preset: ModelPreset {
    get { ModelPreset(rawValue: presetName.rawValue) ?? .tiny }
    set { presetName = PresetName(rawValue: newValue.rawValue) ?? .auto }
  }

  /// Whether the settings are to be chosen by the text.
  var isAutomatic: Bool { presetName == .auto }

  /// Whether the vocabulary is to be built of the training text, in the model folder.
  var buildsVocabulary: Bool { isAutomatic && vocabulary.isEmpty }

  /// Whether validation text is held out of the training text.
  var holdsOut: Bool { isAutomatic && validSource.isEmpty && validTarget.isEmpty }

  /// With `--preset auto`, a vocabulary and validation text may be made of the training text; another model brings
  /// its own vocabulary.
  func requires(_ property: PartialKeyPath<Self>) -> Bool {
    if property == \Self.vocabulary, initializeFrom != nil { return false }
    return !isAutomatic || ![\.vocabulary, \.validSource, \.validTarget].contains(property)
  }

  /// Refuses what only `--preset auto` understands, and text that it could not read twice.
  func validateAuto(_ given: GivenOptions<Self>) throws(ArgumentError) {
    // Checked before anything was chosen; the preset has another name now.
    guard !isResolved else { return }
    if plan, !isAutomatic {
      throw .conflict("'--plan' shows what '--preset auto' chooses; give that as well")
    }
    if plan, resume {
      throw .conflict("'--plan' and '--resume' do not go together: what is resumed is planned")
    }
    if let property = Self.vocabularyOptions.first(where: given.contains), !buildsVocabulary {
      let option = given.name(of: property)
      throw .conflict(
        isAutomatic
          ? "'\(option)' is for a vocabulary that is built, but '--vocab' gives one; leave one of them out"
          : "'\(option)' goes with '--preset auto', which builds a vocabulary; else give it to build-vocab")
    }
    guard isAutomatic else { return }
    for (option, paths) in [("--train-source", trainSource), ("--train-target", trainTarget)]
    where paths.contains("-") {
      throw .conflict("'--preset auto' reads the training text more than once; name a file for '\(option)'")
    }
  }

  /// How a vocabulary that is built prepares text.
  var pipelineSettings: TextPipelineSettings {
    var settings = TextPipelineSettings()
    (settings.tokenizer, settings.normalization, settings.lowercase) = (tokenizer, normalization, lowercase)
    (settings.sourceLanguage, settings.targetLanguage) = (sourceLanguage, targetLanguage)
    return settings
  }

  /// What ends the training, as far as somebody said.
  var limits: TrainingLimits {
    var limits = TrainingLimits()
    (limits.seconds, limits.updates, limits.epochs) = (timeBudget?.inSeconds, maxUpdates, maxEpochs)
    return limits
  }

  /// Takes choices over, but for what was given.
  ///
  /// - Throws: `ArgumentError` where they do not go with what was given.
  mutating func take(_ choices: [Choice]) throws(ArgumentError) {
    for choice in choices where !isGiven(choice) { try set(choice.option, to: choice.value) }
  }

  /// Whether somebody gave an option, so that it is not to be chosen.
  func isGiven(_ choice: Choice) -> Bool {
    switch choice.option {
    // `auto` is what was given, and a size is what it stands for.
    case "--preset": false
    case "--joint", "--separate": given.contains(\.joint)
    case "--learning-rate": given.contains(\.learningRate) || schedule == .noam
    default: given.contains(option: choice.option)
    }
  }
}
