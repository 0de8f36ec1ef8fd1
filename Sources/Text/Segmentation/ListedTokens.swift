import Files
public import Tokens

/// Looks up the tokens of text that another program has already split: they are separated by spaces.
///
/// For models whose vocabulary is only a list of tokens, such as those of CTranslate2 and the older ones of Marian. A
/// vocabulary folder has the list `vocab.txt` for both sides, or `vocab.source.txt` and `vocab.target.txt`.
public struct ListedTokens: Segmentation {
  /// The tokens.
  public let vocabulary: Vocabulary
  /// Its list, unless it is the source's.
  public let files: [(name: String, contents: [UInt8])]

  /// Its name in `pipeline.json`.
  public static let name = "tokens"
  /// Text is split already.
  public static let isTokenized = true
  /// The names of lists.
  public static let fileNames = SentencePieceSegmentation.listNames.all

  /// Reads the lists; one that the sides share takes precedence.
  public static func read(folder: String, settings: TextPipelineSettings) throws(VocabularyError)
    -> (source: Self, target: Self)
  {
    let names = SentencePieceSegmentation.listNames
    func list(_ name: String) throws(VocabularyError) -> TokenList {
      try TokenList(path: "\(folder)/\(name)")
    }
    let isShared = fileExists("\(folder)/\(names.shared)") || !fileExists("\(folder)/\(names.source)")
    let source = try list(isShared ? names.shared : names.source)
    return try pair(
      source: source, target: isShared ? source : list(names.target), settings: settings, folder: folder)
  }

  /// The segmentations of both sides.
  ///
  /// - Parameters:
  ///   - source: the tokens of the source.
  ///   - target: those of the target.
  ///   - settings: the tags, the span tokens, and whether the vocabulary is joint.
  ///   - folder: where the files are, for messages.
  /// - Returns: segmentations for a `TextPipeline` with these settings.
  /// - Throws: ``VocabularyError`` if special tokens or tags are missing, or a joint vocabulary has different tokens.
  public static func pair(
    source: TokenList, target: TokenList, settings: TextPipelineSettings, folder: String
  ) throws(VocabularyError) -> (source: Self, target: Self) {
    let isShared = source.contents == target.contents
    let names = SentencePieceSegmentation.listNames
    func side(_ list: TokenList, _ side: TextPipeline.Side) throws(VocabularyError) -> Self {
      let name = isShared ? names.shared : names.ofSide(side)
      let path = "\(folder)/\(name)"
      let vocabulary = try Vocabulary(
        checking: list.tokens, specialTokens: specialTokens(of: list, path: path), tags: settings.tags(side),
        marks: settings.marks, path: path)
      return Self(
        vocabulary: vocabulary, files: side == .target && isShared ? [] : [(name, list.contents)])
    }
    let (first, second) = (try side(source, .source), try side(target, .target))
    guard !settings.joint || first.vocabulary == second.vocabulary else {
      throw .differentVocabularies(folder: folder)
    }
    return (first, second)
  }

  /// The segmentations with more tokens at the end of their lists.
  public static func extended(
    _ source: Self, _ target: Self, by addition: VocabularyExtension, settings: TextPipelineSettings
  ) throws(VocabularyError) -> (source: Self, target: Self) {
    func list(_ segmentation: Self, _ side: TextPipeline.Side) throws(VocabularyError) -> TokenList {
      let tags = (side == .source || settings.joint ? addition.tags : []).map { Array($0.utf8) }
      return try TokenList(
        contents: segmentation.vocabulary.contents, path: SentencePieceSegmentation.listNames.ofSide(side)
      ).adding(
        tags + settings.markNames + addition.text(side, isShared: settings.joint), name: "")
    }
    return try pair(
      source: list(source, .source), target: list(target, .target), settings: settings, folder: "")
  }

  /// The ids of the special tokens, found by their usual names.
  private static func specialTokens(of list: TokenList, path: String) throws(VocabularyError) -> SpecialTokens
  {
    func id(_ names: String...) -> TokenID? {
      names.lazy.compactMap { list.tokens.find(Array($0.utf8).span) }.first.map { TokenID($0) }
    }
    guard let end = id("</s>") else { throw .missingToken("</s>", path: path) }
    guard let unknown = id("<unk>") else { throw .missingToken("<unk>", path: path) }
    return SpecialTokens(
      padding: id("<pad>", "<blank>") ?? SpecialTokens.absent, beginning: id("<s>") ?? SpecialTokens.absent,
      end: end, unknown: unknown)
  }

  /// Splits lines at spaces.
  public static func makeWordSplitter(_ settings: TextPipelineSettings, _ side: TextPipeline.Side)
    -> WordSplitter
  {
    { WhitespaceTokenizer().tokenize($0) }
  }

  /// An encoder.
  public func makeEncoder() -> ListedTokensEncoder { ListedTokensEncoder(vocabulary: vocabulary) }

  /// The tokens of a line.
  public func words(of line: [UInt8]) -> [UInt8] { WhitespaceTokenizer().tokenize(line) }

  /// The tokens, separated by spaces.
  public func text(of sentence: EncodedSentence) -> [UInt8] {
    var unknowns = sentence.unknowns[...]
    let tokens = sentence.ids.compactMap { id in
      id == vocabulary.specialTokens.unknown ? unknowns.popFirst()?.bytes[...] : vocabulary[id]
    }
    return Array(tokens.joined(separator: [UInt8(ascii: " ")]))
  }

  /// Each token is a word.
  public func wordLengths(_ sentence: EncodedSentence) -> [UInt16] { sentence.ids.map { _ in 1 } }

  /// The token.
  public func text(ofWord ids: ArraySlice<TokenID>) -> [UInt8] { text(of: EncodedSentence(ids: Array(ids))) }
}

/// Looks up the tokens of a line that are separated by spaces.
public struct ListedTokensEncoder: SegmentationEncoder {
  let vocabulary: Vocabulary

  /// The ids of the tokens; one that is not listed becomes an `<unk>`.
  public mutating func encode(_ text: [UInt8]) -> EncodedSentence {
    var sentence = EncodedSentence()
    let span = text.span
    var words = WordRanges(of: span)
    while let range = words.next(in: span) {
      let id = vocabulary.textID(span.extracting(range))
      sentence.ids.append(id ?? vocabulary.specialTokens.unknown)
      if id == nil {
        sentence.unknowns.append(UnknownText(bytes: Array(text[range]), continuesWord: false))
      }
    }
    return sentence
  }

  /// The same, since there is only one way to split text.
  public mutating func encode(
    _ text: [UInt8], dropout: Double, using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence { encode(text) }

  /// The tokens.
  public mutating func subwords(of text: [UInt8]) -> [UInt8] { WhitespaceTokenizer().tokenize(text) }
}
