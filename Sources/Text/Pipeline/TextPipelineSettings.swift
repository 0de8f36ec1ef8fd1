/// How a pipeline prepares text; stored in `pipeline.json`.
public struct TextPipelineSettings: Equatable, Sendable {
  /// The format of `pipeline.json` that this version writes, and the newest that it reads.
  public static let currentFormatVersion = 1

  /// The format of `pipeline.json`.
  public internal(set) var formatVersion = currentFormatVersion
  /// The name of the segmentation; see ``Segmentation/name``.
  public var segmentation = ICUBytePairs.name
  /// The source language as a BCP 47 code; empty for no particular one.
  public var sourceLanguage = ""
  /// The target language as a BCP 47 code; empty for no particular one.
  public var targetLanguage = ""
  /// Whether both sides share a vocabulary.
  public var joint = true
  /// Tokens that source lines can begin with; see ``Vocabulary/tags``.
  ///
  /// - Precondition: each is a valid tag; see ``TagForm``.
  public var tags: [String] = []

  /// Tokens in the vocabularies of both sides that stand for copied text, and that mark terms.
  public var marks = MarkTokens()

  /// Whether source sentences end in the end token, as most models expect.
  public var endsSource = true

  /// What is done to lines of both sides before they are split, for models of other toolkits.
  public var preprocessing = Preprocessing.none

  /// The Unicode normalization form of text, for byte pair encoding.
  public var normalization = NormalizationForm.nfc
  /// Whether text is lowercased, for byte pair encoding.
  public var lowercase = false
  /// Requested number of merge operations of byte pair encoding.
  public var merges = 10_000
  /// Numbers of merge operations that were learned, of both sides together or of each, if the text had no more pairs to
  /// merge than that; nil if as many as requested were learned, or if a version wrote the file that did not record it.
  public internal(set) var learnedMerges: [Int]?
  /// Frequency in the training text below which a subword does not become a token, for byte pair encoding.
  public var minimumFrequency = 1
  /// Regular expressions of words that are never split, for byte pair encoding; see ``ProtectedWords``.
  ///
  /// - Precondition: each is valid; see ``ProtectedWords/problem(ofPattern:)``.
  public var protectedPatterns: [String] = []
  /// Words that are never split, for byte pair encoding.
  public var protectedWords: [String] = []
  /// Whether each digit is a subword of its own, for byte pair encoding.
  public var splitsDigits = false

  /// Frequency in the training text below which a character does not become a token, for byte pair encoding; nil for
  /// ``CharacterCounts/minimumFrequency(words:)``.
  ///
  /// Words with other characters are copied into the translation.
  public var minimumCharacterFrequency: Int?
  /// Whether ``TextCleaner`` cleaned the text that byte pair encoding was learned from; earlier versions learned from
  /// text as it was.
  public internal(set) var cleansText = true
  /// The mean number of sentences on a line of the source text that the vocabulary was learned from; nil if unknown.
  public internal(set) var sentencesPerLine: Double?

  /// What SentencePiece learns; afterwards it is in the model file, and here are the defaults.
  public var sentencePiece = SentencePieceLearning()

  /// The default settings.
  public init() {}

  /// The word tokenizer of byte pair encoding; nil for another segmentation.
  public var tokenizer: TokenizerKind? {
    get { TokenizerKind(rawValue: segmentation) }
    set { if let newValue { segmentation = newValue.rawValue } }
  }

  /// The tags in the vocabulary of a side: tags precede source text, so a separate target vocabulary has none.
  public func tags(_ side: TextPipeline.Side) -> [String] { joint || side == .source ? tags : [] }

  /// The names of the marks, as UTF-8.
  var markNames: [[UInt8]] { marks.names.map { Array($0.utf8) } }

  /// The language of a side.
  public func language(_ side: TextPipeline.Side) -> String {
    side == .source ? sourceLanguage : targetLanguage
  }

  /// The type of the segmentation.
  ///
  /// - Precondition: it is registered in ``SegmentationTable``.
  var kind: any Segmentation.Type {
    guard let kind = SegmentationTable.kind(named: segmentation) else {
      preconditionFailure("TextPipelineSettings: no segmentation '\(segmentation)' is registered")
    }
    return kind
  }

  /// Whether the segmentation expects text that is already tokenized.
  ///
  /// - Precondition: the segmentation is registered in ``SegmentationTable``.
  public var isTokenized: Bool { kind.isTokenized }

  /// Whether upper and lower case are treated as equal.
  ///
  /// - Precondition: the segmentation is registered in ``SegmentationTable``.
  public var ignoresCase: Bool { kind.ignoresCase(self) }

  /// Makes the function that splits lines of a side into words.
  ///
  /// - Precondition: the segmentation is registered in ``SegmentationTable``.
  public func makeWordSplitter(_ side: TextPipeline.Side) -> WordSplitter {
    kind.makeWordSplitter(self, side)
  }
}
