public import Text

/// The vocabulary that the preset `auto` builds if none is given, with settings as in `build-vocab`.
public struct VocabularyRequest: Sendable, Equatable {
  /// Word tokenizers.
  public typealias Tokenizer = TokenizerKind
  /// Unicode normalization forms.
  public typealias Normalization = NormalizationForm

  /// Language of the source, such as "de" or "pt-BR"; empty if unspecified.
  @Given public var sourceLanguage = ""
  /// Language of the target.
  @Given public var targetLanguage = ""
  /// Word tokenizer.
  @Given public var tokenizer = Tokenizer.icu
  /// Unicode normalization form.
  @Given public var normalization = Normalization.nfc
  /// Whether to lowercase all text.
  @Given public var lowercase = false
  /// Number of BPE merges; nil: chosen from the text.
  public var merges: Int?
  /// Whether both sides share one vocabulary; chosen from their scripts unless it is given.
  @Given public var joint = true

  /// Everything is chosen from the text.
  public init() {}

  /// The vocabulary's settings for preparing text.
  var pipelineSettings: TextPipelineSettings {
    var settings = TextPipelineSettings()
    (settings.tokenizer, settings.normalization, settings.lowercase) = (tokenizer, normalization, lowercase)
    (settings.sourceLanguage, settings.targetLanguage) = (sourceLanguage, targetLanguage)
    // The codes were checked with the request.
    return (try? settings.withCanonicalLanguages()) ?? settings
  }

  /// Rejects settings that only the preset `auto` uses, and text that it cannot read twice.
  func validate(in request: TrainingRequest) throws(TrainingRequestError) {
    // Files with several languages need them, too.
    let choosesLanguages = !request.files.train.isEmpty || !request.files.valid.isEmpty
    if let option = given(withLanguages: !choosesLanguages), !request.buildsVocabulary {
      throw .conflict(
        request.isAutomatic
          ? "'\(option)' is for a vocabulary that is built, but '--vocab' gives one; leave one of them out"
          : "'\(option)' goes with '--preset auto', which builds a vocabulary; else give it to build-vocab")
    }
    guard request.isAutomatic || choosesLanguages else { return }
    for (option, code) in [("--source-language", sourceLanguage), ("--target-language", targetLanguage)] {
      do { _ = try Language(code: code) } catch { throw .conflict("'\(option)': \(error)") }
    }
    guard request.isAutomatic else { return }
    for (option, paths) in [
      ("--train-source", request.files.trainSource), ("--train-target", request.files.trainTarget),
    ] where paths.contains("-") {
      throw .conflict("'--preset auto' reads the training text more than once; name a file for '\(option)'")
    }
  }

  /// The first setting that was given.
  private func given(withLanguages: Bool) -> String? {
    let all: [(option: String, isGiven: Bool)] = [
      ("--source-language", withLanguages && $sourceLanguage.isGiven),
      ("--target-language", withLanguages && $targetLanguage.isGiven),
      ("--tokenizer", $tokenizer.isGiven), ("--normalization", $normalization.isGiven),
      ("--lowercase", $lowercase.isGiven), ("--merges", merges != nil),
      (joint ? "--joint" : "--separate", $joint.isGiven),
    ]
    return all.first(where: \.isGiven)?.option
  }
}
