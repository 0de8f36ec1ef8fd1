public import Text

/// The vocabulary that the preset `auto` builds where none is given, as `build-vocab` does.
public struct VocabularyRequest: Sendable, Equatable {
  /// How lines become words.
  public typealias Tokenizer = TokenizerKind
  /// Spellings of equal characters.
  public typealias Normalization = NormalizationForm

  /// Language of the source, as "de" or "pt-BR"; empty for none in particular.
  @Given public var sourceLanguage = ""
  /// Language of the target.
  @Given public var targetLanguage = ""
  /// How lines become words.
  @Given public var tokenizer = Tokenizer.icu
  /// Which spelling of equal characters is kept.
  @Given public var normalization = Normalization.nfc
  /// Whether text is put in lower case.
  @Given public var lowercase = false
  /// Merge operations of byte pair encoding; nil: by the text.
  public var merges: Int?
  /// Whether both sides share one vocabulary; chosen by their scripts unless it is given.
  @Given public var joint = true

  /// Chosen by the text.
  public init() {}

  /// How the vocabulary prepares text.
  var pipelineSettings: TextPipelineSettings {
    var settings = TextPipelineSettings()
    (settings.tokenizer, settings.normalization, settings.lowercase) = (tokenizer, normalization, lowercase)
    (settings.sourceLanguage, settings.targetLanguage) = (sourceLanguage, targetLanguage)
    return settings
  }

  /// Refuses what only the preset `auto` understands, and text that it could not read twice.
  func validate(in request: TrainingRequest) throws(TrainingRequestError) {
    if let option = given, !request.buildsVocabulary {
      throw .conflict(
        request.isAutomatic
          ? "'\(option)' is for a vocabulary that is built, but '--vocab' gives one; leave one of them out"
          : "'\(option)' goes with '--preset auto', which builds a vocabulary; else give it to build-vocab")
    }
    guard request.isAutomatic else { return }
    for (option, paths) in [
      ("--train-source", request.files.trainSource), ("--train-target", request.files.trainTarget),
    ] where paths.contains("-") {
      throw .conflict("'--preset auto' reads the training text more than once; name a file for '\(option)'")
    }
  }

  /// The first setting that was given.
  private var given: String? {
    let all: [(option: String, isGiven: Bool)] = [
      ("--source-language", $sourceLanguage.isGiven), ("--target-language", $targetLanguage.isGiven),
      ("--tokenizer", $tokenizer.isGiven), ("--normalization", $normalization.isGiven),
      ("--lowercase", $lowercase.isGiven), ("--merges", merges != nil),
      (joint ? "--joint" : "--separate", $joint.isGiven),
    ]
    return all.first(where: \.isGiven)?.option
  }
}
