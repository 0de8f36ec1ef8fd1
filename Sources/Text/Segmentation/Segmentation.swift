public import Tokens

/// Turns the text of one side into tokens, and tokens back into text.
///
/// The rest of the text pipeline sees only lines, token ids, words as counts of ids, and the ids of special tokens. How
/// a word is split into subwords, how subwords are spelled, and in which files they are stored is known only to
/// conforming types: ``ICUBytePairs``, ``WhitespaceBytePairs``, ``ListedBytePairs``, ``SentencePieceSegmentation`` and
/// ``ListedTokens``. A new segmentation takes one new file and a registration in ``SegmentationTable``.
///
/// A segmentation never sees tags: they are cut off before text is encoded, and removed before ids are decoded.
public protocol Segmentation: Sendable {
  /// The type that encodes lines.
  associatedtype Encoder: SegmentationEncoder

  /// Its name in `pipeline.json`.
  static var name: String { get }

  /// The names that its files may have in a vocabulary folder.
  static var fileNames: [String] { get }

  /// Whether it expects text that is already tokenized.
  static var isTokenized: Bool { get }

  /// Whether it treats upper and lower case as equal.
  static func ignoresCase(_ settings: TextPipelineSettings) -> Bool

  /// Reads the segmentations of both sides from a vocabulary folder.
  ///
  /// - Parameters:
  ///   - folder: the folder, which may contain other files as well.
  ///   - settings: the folder's `pipeline.json`.
  /// - Returns: one for each side, even if they share everything.
  /// - Throws: ``VocabularyError``, which names the file.
  static func read(folder: String, settings: TextPipelineSettings) throws(VocabularyError)
    -> (source: Self, target: Self)

  /// Makes the function that splits lines into words, for counting words before there is a vocabulary, and for word
  /// aligners.
  static func makeWordSplitter(_ settings: TextPipelineSettings, _ side: TextPipeline.Side) -> WordSplitter

  /// Learns the segmentations of both sides.
  ///
  /// - Parameters:
  ///   - words: the words of both sides, from the word splitters; one side may be empty if the sides share a
  ///     vocabulary.
  ///   - settings: what to learn.
  ///   - progress: called after each step with the side (nil for both together) and the number of completed steps.
  /// - Returns: one for each side, with their vocabularies.
  /// - Throws: ``VocabularyError/notLearnable(segmentation:)`` if it can only be read.
  static func learn(
    from words: (source: WordCounts, target: WordCounts), settings: TextPipelineSettings,
    progress: (_ side: TextPipeline.Side?, _ steps: Int) -> Void
  ) throws(VocabularyError) -> (source: Self, target: Self)

  /// Adds tokens to the segmentations of both sides.
  ///
  /// - Parameters:
  ///   - source: the segmentation of the source.
  ///   - target: that of the target.
  ///   - addition: the tokens; text that is a token already is ignored.
  ///   - settings: those of the extended vocabulary, with the new tags.
  /// - Returns: segmentations whose ids begin with those that there are, and which split other text as before.
  /// - Throws: ``VocabularyError`` if a token is impossible, or nothing can be added.
  static func extended(
    _ source: Self, _ target: Self, by addition: VocabularyExtension, settings: TextPipelineSettings
  ) throws(VocabularyError) -> (source: Self, target: Self)

  /// The parts of unknown text that would make it known if they were tokens.
  func unknownParts(of unknown: UnknownText) -> [[UInt8]]

  /// The tokens.
  var vocabulary: Vocabulary { get }

  /// The files that ``read(folder:settings:)`` reads; files that both sides share belong to the source.
  var files: [(name: String, contents: [UInt8])] { get }

  /// The ``files`` as lines of text, in which ``VocabularyDifference`` finds the first difference.
  var comparedFiles: [(name: String, contents: [UInt8])] { get }

  /// An encoder with an empty word cache.
  func makeEncoder() -> Encoder

  /// The words of a line, as the encoder finds them.
  ///
  /// They are those of the word splitter, except where the encoder replaces characters that the vocabulary does not
  /// have.
  ///
  /// - Parameter line: text as UTF-8, without a line end and without a tag.
  /// - Returns: UTF-8, words separated by single spaces.
  func words(of line: [UInt8]) -> [UInt8]

  /// The text that tokens stand for.
  ///
  /// - Parameter sentence: tokens of text and as many `<unk>` as there are unknown texts, without other special tokens
  ///   or tags.
  /// - Returns: plain text as UTF-8.
  func text(of sentence: EncodedSentence) -> [UInt8]

  /// The text of tokens in readable form: the reverse of ``SegmentationEncoder/subwords(of:)``.
  ///
  /// - Parameter subwords: tokens, separated by spaces, and text that the vocabulary does not have.
  /// - Returns: plain text as UTF-8.
  func text(ofSubwords subwords: [UInt8]) -> [UInt8]

  /// The number of ids of each word in a sentence, in order.
  ///
  /// Words are those of the word splitter; an `<unk>` belongs to the word of its text.
  ///
  /// - Parameter sentence: see ``text(of:)``; if unknown texts are missing, each `<unk>` ends a word.
  /// - Returns: counts that add up to the number of ids; a word of more than 65,535 ids counts as several.
  func wordLengths(_ sentence: EncodedSentence) -> [UInt16]

  /// The text of one word, in the form in which ``UnknownText`` would store it if the word were unknown.
  ///
  /// - Parameter ids: the ids of one word, without `<unk>`.
  /// - Returns: text as UTF-8.
  func text(ofWord ids: ArraySlice<TokenID>) -> [UInt8]

  /// How a token is written within words; nil for tokens without text, and if only whole words are tokens.
  func spelling(of id: TokenID) -> TokenSpelling?

  /// Settings in which a vocabulary records what was learned, so that damage of its files is noticed.
  ///
  /// - Parameters:
  ///   - settings: what was requested.
  ///   - source: the segmentation of the source.
  ///   - target: that of the target.
  /// - Returns: the settings with the record; by default, they are unchanged.
  static func recorded(_ settings: TextPipelineSettings, _ source: Self, _ target: Self)
    -> TextPipelineSettings

  /// What was learned, apart from the vocabulary.
  func learned(_ settings: TextPipelineSettings) -> [LearnedCount]
}

/// Splits a line into words and returns them separated by single spaces.
public typealias WordSplitter = @Sendable (_ line: [UInt8]) -> [UInt8]

/// Cleans and normalizes a line before it is split into words.
typealias LinePreparer = @Sendable (_ line: [UInt8]) -> [UInt8]

/// A number of things that a segmentation has learned, such as merges.
public struct LearnedCount: Sendable, Equatable {
  /// What was counted, in the plural.
  public var name: String
  /// How many were learned.
  public var count: Int
  /// How many were requested.
  public var wanted: Int
  /// Why there can be fewer than requested.
  public var reason: String

  /// A count with the given values.
  public init(name: String, count: Int, wanted: Int, reason: String) {
    (self.name, self.count, self.wanted, self.reason) = (name, count, wanted, reason)
  }
}

extension Segmentation {
  /// The default: text that the vocabulary does not have stands for whole words.
  public func text(ofSubwords subwords: [UInt8]) -> [UInt8] {
    var sentence = EncodedSentence()
    for token in subwords.split(separator: UInt8(ascii: " ")) {
      let id = vocabulary.textID(token.span)
      sentence.ids.append(id ?? vocabulary.specialTokens.unknown)
      if id == nil { sentence.unknowns.append(UnknownText(bytes: Array(token), continuesWord: false)) }
    }
    return text(of: sentence)
  }

  /// The default: throws ``VocabularyError/notExtendable(segmentation:)``.
  public static func extended(
    _ source: Self, _ target: Self, by addition: VocabularyExtension, settings: TextPipelineSettings
  ) throws(VocabularyError) -> (source: Self, target: Self) {
    throw .notExtendable(segmentation: name)
  }

  /// The default: the whole text.
  public func unknownParts(of unknown: UnknownText) -> [[UInt8]] { [unknown.bytes] }

  /// The default: the files, which are text.
  public var comparedFiles: [(name: String, contents: [UInt8])] { files }

  /// The default: plain text.
  public static var isTokenized: Bool { false }

  /// The default: case matters.
  public static func ignoresCase(_ settings: TextPipelineSettings) -> Bool { false }

  /// The default: nothing is recorded.
  public static func recorded(_ settings: TextPipelineSettings, _ source: Self, _ target: Self)
    -> TextPipelineSettings
  {
    settings
  }

  /// The default: nothing.
  public func learned(_ settings: TextPipelineSettings) -> [LearnedCount] { [] }

  /// The default: throws ``VocabularyError/notLearnable(segmentation:)``.
  public static func learn(
    from words: (source: WordCounts, target: WordCounts), settings: TextPipelineSettings,
    progress: (_ side: TextPipeline.Side?, _ steps: Int) -> Void
  ) throws(VocabularyError) -> (source: Self, target: Self) {
    throw .notLearnable(segmentation: name)
  }
}

extension Segmentation {
  /// Nil: tokens are whole words.
  public func spelling(of id: TokenID) -> TokenSpelling? { nil }
}
