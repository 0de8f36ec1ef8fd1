public import Tokens

/// Words found by ICU, split by byte pair encoding.
public typealias ICUBytePairs = BytePairSegmentation<ICUTokenizer>
/// Words separated by spaces, split by byte pair encoding.
public typealias WhitespaceBytePairs = BytePairSegmentation<WhitespaceTokenizer>

/// Normalizes lines, splits them into words with a tokenizer, and words into subwords with byte pair encoding.
///
/// All work on single words is done by types that do not depend on the tokenizer.
public struct BytePairSegmentation<Words: WordTokenizer>: Segmentation {
  /// The merges.
  public let encoding: BytePairEncoding
  /// The subwords.
  public var vocabulary: Vocabulary { marks.vocabulary }

  let marks: SubwordMarks
  let place: FilePlace
  private let split: WordSplitter
  private let protected: ProtectedWords

  /// The segmentation of a side.
  ///
  /// - Parameters:
  ///   - encoding: the merges.
  ///   - vocabulary: the subwords.
  ///   - settings: how lines become words.
  ///   - side: the side, which determines the language.
  init(
    _ encoding: BytePairEncoding, _ vocabulary: Vocabulary, _ settings: TextPipelineSettings,
    _ side: TextPipeline.Side
  ) {
    self.encoding = encoding
    marks = SubwordMarks(vocabulary)
    place = settings.joint ? (side == .source ? .joint : .withSource) : .ofSide(side)
    let prepare = Self.makePreparation(settings, side, vocabulary)
    protected = settings.protected(preparing: prepare)
    split = Self.makeWordSplitter(settings, side, prepare, protected)
  }

  /// The tokenizer's name.
  public static var name: String { Words.kind.rawValue }

  /// Whether it expects text that is already tokenized.
  public static var isTokenized: Bool { Words.kind == .whitespace }

  /// Whether text is lowercased.
  public static func ignoresCase(_ settings: TextPipelineSettings) -> Bool { settings.lowercase }

  /// Makes the function that normalizes and tokenizes lines.
  public static func makeWordSplitter(_ settings: TextPipelineSettings, _ side: TextPipeline.Side)
    -> WordSplitter
  {
    let prepare = makePreparation(settings, side, nil)
    return makeWordSplitter(settings, side, prepare, settings.protected(preparing: prepare))
  }

  private static func makeWordSplitter(
    _ settings: TextPipelineSettings, _ side: TextPipeline.Side, _ prepare: @escaping LinePreparer,
    _ protected: ProtectedWords
  ) -> WordSplitter {
    let tokenizer = Words(language: settings.language(side), protected: protected)
    return { tokenizer.tokenize(prepare($0)) }
  }

  /// The words that are never split, when a vocabulary is learned.
  static func protected(_ settings: TextPipelineSettings, _ side: TextPipeline.Side) -> ProtectedWords {
    settings.protected(preparing: makePreparation(settings, side, nil))
  }

  /// Makes the function that cleans and normalizes lines for a vocabulary, or for learning one.
  private static func makePreparation(
    _ settings: TextPipelineSettings, _ side: TextPipeline.Side, _ vocabulary: Vocabulary?
  ) -> LinePreparer {
    let normalizer = Normalizer(
      form: settings.normalization, lowercase: settings.lowercase, language: settings.language(side))
    // Text that is already tokenized is left as it is.
    if isTokenized { return normalizer.normalize }
    let cleaner = TextCleaner(settings, side, vocabulary)
    // Compatibility forms may contain spaces.
    let mayNeedCleaning = settings.normalization == .nfkc
    let respelling = vocabulary.map(Respelling.init)
    return { line in
      var line = normalizer.normalize(cleaner.clean(line))
      if mayNeedCleaning { line = cleaner.clean(line) }
      return respelling?.respell(line) ?? line
    }
  }

  /// The words of a line, as the encoder finds them.
  public func words(of line: [UInt8]) -> [UInt8] { split(line) }

  /// An encoder with an empty word cache.
  public func makeEncoder() -> BytePairVocabularyEncoder {
    BytePairVocabularyEncoder(
      split: split,
      speller: VocabularySpeller(encoding: encoding, vocabulary: vocabulary, protected: protected))
  }

  /// Joins subwords to words, and words to a line.
  public func text(of sentence: EncodedSentence) -> [UInt8] {
    Words.detokenize(marks.words(of: sentence, copied: Words.copied))
  }

  /// Joins subwords to words, and words to a line, as they stand there.
  public func text(ofSubwords subwords: [UInt8]) -> [UInt8] {
    Words.detokenize(SubwordJoiner().join(subwords))
  }

  /// The number of subwords of each word.
  public func wordLengths(_ sentence: EncodedSentence) -> [UInt16] { marks.wordLengths(sentence) }

  /// Joins subwords to a word, including the tokenizer's marks.
  public func text(ofWord ids: ArraySlice<TokenID>) -> [UInt8] { ids.flatMap { marks.text(of: $0) } }

  /// A subword with `@@` continues; any may begin a word.
  public func spelling(of id: TokenID) -> TokenSpelling? { marks.spelling(of: id) }

  /// The number of merges.
  public func learned(_ settings: TextPipelineSettings) -> [LearnedCount] {
    [
      LearnedCount(
        name: "merges", count: encoding.mergeCount, wanted: settings.merges,
        reason: "no other pair of symbols occurs twice in the text")
    ]
  }
}
