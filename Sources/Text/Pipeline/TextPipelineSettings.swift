/// How a pipeline prepares text, as `pipeline.json` holds it.
public struct TextPipelineSettings: Equatable, Sendable {
  /// The format of `pipeline.json` that this version writes, and the newest it reads.
  public static let currentFormatVersion = 1

  /// Format of `pipeline.json`.
  public internal(set) var formatVersion = currentFormatVersion
  /// The name of the segmentation, as ``Segmentation/name`` has it.
  public var segmentation = ICUBytePairs.name
  /// The source's language as a BCP 47 code, empty for none in particular.
  public var sourceLanguage = ""
  /// The target's language as a BCP 47 code, empty for none in particular.
  public var targetLanguage = ""
  /// Whether both sides share a vocabulary.
  public var joint = true
  /// Tokens that source lines can begin with; see ``Vocabulary/tags``.
  ///
  /// - Precondition: they have no problem, see ``TagForm``.
  public var tags: [String] = []

  /// Which spelling of equal characters is kept, before byte pair encoding.
  public var normalization = NormalizationForm.nfc
  /// Whether text is put in lower case, before byte pair encoding.
  public var lowercase = false
  /// Merge operations of byte pair encoding that were asked for.
  public var merges = 10_000
  /// A subword that occurred less often in the training text did not become a token of byte pair encoding.
  public var minimumFrequency = 1

  /// Settings with their defaults.
  public init() {}

  /// How words are found for byte pair encoding; nil for another segmentation.
  public var tokenizer: TokenizerKind? {
    get { TokenizerKind(rawValue: segmentation) }
    set { if let newValue { segmentation = newValue.rawValue } }
  }

  /// The tags in the vocabulary of a side: they precede source text, so that a target's own has none.
  public func tags(_ side: TextPipeline.Side) -> [String] { joint || side == .source ? tags : [] }

  /// The language of a side.
  public func language(_ side: TextPipeline.Side) -> String {
    side == .source ? sourceLanguage : targetLanguage
  }

  /// The type of the segmentation.
  ///
  /// - Precondition: one of that name is registered in ``SegmentationTable``.
  var kind: any Segmentation.Type {
    guard let kind = SegmentationTable.kind(named: segmentation) else {
      preconditionFailure("TextPipelineSettings: no segmentation '\(segmentation)' is registered")
    }
    return kind
  }

  /// Whether text is tokenized already, by whoever wrote it.
  ///
  /// - Precondition: the segmentation is registered in ``SegmentationTable``.
  public var isTokenized: Bool { kind.isTokenized }

  /// Whether upper and lower case become the same.
  ///
  /// - Precondition: the segmentation is registered in ``SegmentationTable``.
  public var ignoresCase: Bool { kind.ignoresCase(self) }

  /// What cuts lines of a side into words.
  ///
  /// - Precondition: the segmentation is registered in ``SegmentationTable``.
  public func makeWordSplitter(_ side: TextPipeline.Side) -> WordSplitter {
    kind.makeWordSplitter(self, side)
  }
}
