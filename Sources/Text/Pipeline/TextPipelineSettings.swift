/// How a pipeline prepares text, as `pipeline.json` holds it.
public struct TextPipelineSettings: Codable, Equatable, Sendable {
  /// The format of `pipeline.json` that this version writes, and the newest it reads.
  public static let currentFormatVersion = 1

  /// Format of `pipeline.json`.
  public private(set) var formatVersion = currentFormatVersion
  /// How lines become words.
  public var tokenizer = TokenizerKind.icu
  /// Which spelling of equal characters is kept.
  public var normalization = NormalizationForm.nfc
  /// Whether text is put in lower case.
  public var lowercase = false
  /// The source's language as a BCP 47 code, empty for none in particular.
  public var sourceLanguage = ""
  /// The target's language as a BCP 47 code, empty for none in particular.
  public var targetLanguage = ""
  /// Whether both sides share codes and vocabulary.
  public var joint = true
  /// Merge operations that were asked for.
  public var merges = 10_000
  /// A subword that stood less often in the training text did not become a token.
  public var minimumFrequency = 1
  /// Tokens that source lines can begin with, in the order of their ids; see ``Vocabulary/tags``.
  ///
  /// - Precondition: they have no problem, see ``TagForm``.
  public var tags: [String] {
    get { tagList ?? [] }
    set { tagList = newValue.isEmpty ? nil : newValue }
  }
  /// Nil for none: then the file says nothing of tags, as in the time before there were any.
  private var tagList: [String]?

  /// Settings with their defaults.
  public init() {}

  enum CodingKeys: String, CodingKey, CaseIterable {
    case formatVersion = "format_version"
    case tokenizer
    case normalization
    case lowercase
    case sourceLanguage = "source_language"
    case targetLanguage = "target_language"
    case joint
    case merges
    case minimumFrequency = "min_frequency"
    case tagList = "tags"
  }

  /// The tags in the vocabulary of a side: they stand before what is translated, so that a target's own has none.
  func tags(_ side: TextPipeline.Side) -> [String] { joint || side == .source ? tags : [] }

  /// The language of a side.
  public func language(_ side: TextPipeline.Side) -> String {
    side == .source ? sourceLanguage : targetLanguage
  }

  /// The normalizer of a side.
  public func makeNormalizer(_ side: TextPipeline.Side) -> Normalizer {
    Normalizer(form: normalization, lowercase: lowercase, language: language(side))
  }

  /// The tokenizer of a side.
  public func makeTokenizer(_ side: TextPipeline.Side) -> Tokenizer {
    Tokenizer(kind: tokenizer, language: language(side))
  }
}

extension TokenizerKind: Codable {}
extension NormalizationForm: Codable {}
