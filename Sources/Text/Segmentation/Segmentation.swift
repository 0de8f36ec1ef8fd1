public import Tokens

/// How the text of one side becomes tokens, and how tokens become text again: the seam of the text pipeline.
///
/// Above it there are lines, token ids, words as counts of ids, and the ids of special tokens. How a word is cut
/// into subwords, how subwords are written and in which files they are kept is known only to the types that
/// conform, such as ``ICUBytePairs`` and ``WhitespaceBytePairs``. A new one takes a file of its own and a
/// registration in ``SegmentationTable``.
///
/// Tags never reach a segmentation: they are cut off before text is encoded, and removed before ids are decoded.
public protocol Segmentation: Sendable {
  /// Encodes lines.
  associatedtype Encoder: SegmentationEncoder

  /// What `pipeline.json` calls it.
  static var name: String { get }

  /// The names that its files can have in a vocabulary folder.
  static var fileNames: [String] { get }

  /// Whether its text is tokenized already, by whoever wrote it.
  static var isTokenized: Bool { get }

  /// Whether upper and lower case are the same to it.
  static func ignoresCase(_ settings: TextPipelineSettings) -> Bool

  /// Reads the segmentations of both sides from a vocabulary folder.
  ///
  /// - Parameters:
  ///   - folder: may hold other files as well.
  ///   - settings: the folder's `pipeline.json`.
  /// - Returns: one for each side, even where they share everything.
  /// - Throws: ``VocabularyError``, which names the file.
  static func read(folder: String, settings: TextPipelineSettings) throws(VocabularyError)
    -> (source: Self, target: Self)

  /// What cuts lines into words: for counting words before there is a vocabulary, and for word aligners.
  static func makeWordSplitter(_ settings: TextPipelineSettings, _ side: TextPipeline.Side) -> WordSplitter

  /// Learns the segmentations of both sides.
  ///
  /// - Parameters:
  ///   - words: the words of both sides as the word splitters cut them; only one side's may be empty, and that
  ///     only where the sides share a vocabulary.
  ///   - settings: what is to be learned.
  ///   - progress: called after each step with the side, nil for both, and the number of steps done.
  /// - Returns: one for each side, with their vocabularies.
  /// - Throws: ``VocabularyError/notLearnable(segmentation:)`` where it can only be read.
  static func learn(
    from words: (source: WordCounts, target: WordCounts), settings: TextPipelineSettings,
    progress: (_ side: TextPipeline.Side?, _ steps: Int) -> Void
  ) throws(VocabularyError) -> (source: Self, target: Self)

  /// The tokens.
  var vocabulary: Vocabulary { get }

  /// The files that ``read(folder:settings:)`` finds again; what both sides share is among those of the source.
  var files: [(name: String, contents: [UInt8])] { get }

  /// An encoder that has met no words yet.
  func makeEncoder() -> Encoder

  /// The text that tokens stand for.
  ///
  /// - Parameter sentence: tokens of text and as many `<unk>` as it has unknown texts; no other special tokens and
  ///   no tags.
  /// - Returns: plain text as UTF-8.
  func text(of sentence: EncodedSentence) -> [UInt8]

  /// How many ids each word of a sentence has, in order.
  ///
  /// Words are those of the word splitter, and what stands for an unknown text belongs to its word.
  ///
  /// - Parameter sentence: as for ``text(of:)``; where it lacks unknown texts, each `<unk>` ends a word.
  /// - Returns: counts that add up to the number of ids.
  func wordLengths(_ sentence: EncodedSentence) -> [UInt16]

  /// The text of one word, as ``UnknownText`` would hold it if the word were unknown.
  ///
  /// - Parameter ids: of one word, without `<unk>`.
  /// - Returns: text as UTF-8.
  func text(ofWord ids: ArraySlice<TokenID>) -> [UInt8]

  /// What was learned, beside the vocabulary.
  func learned(_ settings: TextPipelineSettings) -> [LearnedCount]
}

/// Cuts a line into its words, which it returns separated by single spaces.
public typealias WordSplitter = @Sendable (_ line: [UInt8]) -> [UInt8]

/// Something that a segmentation has learned a number of, such as merges.
public struct LearnedCount: Sendable, Equatable {
  /// What was counted, in the plural.
  public var name: String
  /// How many there are.
  public var count: Int
  /// How many were asked for.
  public var wanted: Int
  /// Why there can be fewer than were asked for.
  public var reason: String

  /// The figures given.
  public init(name: String, count: Int, wanted: Int, reason: String) {
    (self.name, self.count, self.wanted, self.reason) = (name, count, wanted, reason)
  }
}

extension Segmentation {
  /// No: it is plain text.
  public static var isTokenized: Bool { false }

  /// No.
  public static func ignoresCase(_ settings: TextPipelineSettings) -> Bool { false }

  /// Nothing.
  public func learned(_ settings: TextPipelineSettings) -> [LearnedCount] { [] }

  /// It cannot be learned here.
  public static func learn(
    from words: (source: WordCounts, target: WordCounts), settings: TextPipelineSettings,
    progress: (_ side: TextPipeline.Side?, _ steps: Int) -> Void
  ) throws(VocabularyError) -> (source: Self, target: Self) {
    throw .notLearnable(segmentation: name)
  }
}
