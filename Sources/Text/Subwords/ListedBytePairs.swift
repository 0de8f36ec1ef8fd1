import Files
public import Tokens

/// Splits the words of text that is already tokenized like subword-nmt, and looks the subwords up in a list.
///
/// For models of other toolkits, whose codes may have any ``CodesFormat`` and whose lists may have any order: those of
/// fairseq, JoeyNMT, and the older ones of OPUS-MT. Unlike ``WhitespaceBytePairs``, a word of which one subword is not listed
/// keeps its other subwords, as in those toolkits.
///
/// A vocabulary folder has `vocab.txt` and `bpe.codes` for both sides, or `vocab.source.txt`, `bpe.source.codes` and the same
/// for the target; each of the two kinds may be shared.
public struct ListedBytePairs: Segmentation {
  /// Its codes and tokens.
  public typealias Part = (codes: BytePairCodes, list: TokenList)

  /// The merges.
  public let codes: BytePairCodes
  /// The tokens.
  public var vocabulary: Vocabulary { marks.vocabulary }
  /// Its codes and list, unless they are the source's.
  public let files: [(name: String, contents: [UInt8])]
  private let marks: SubwordMarks

  /// Its name in `pipeline.json`.
  public static let name = "subword-nmt"
  /// Text is tokenized already.
  public static let isTokenized = true
  private static let codesNames = SentencePieceSegmentation.Names(
    shared: "bpe.codes", source: "bpe.source.codes", target: "bpe.target.codes")
  private static let listNames = SentencePieceSegmentation.listNames
  /// The names of codes and lists.
  public static let fileNames = listNames.all + codesNames.all

  /// Reads the files; one that the sides share takes precedence.
  public static func read(folder: String, settings: TextPipelineSettings) throws(VocabularyError)
    -> (source: Self, target: Self)
  {
    func path(_ names: SentencePieceSegmentation.Names, _ side: TextPipeline.Side) -> String {
      let shared = "\(folder)/\(names.shared)"
      return fileExists(shared) || !fileExists("\(folder)/\(names.source)")
        ? shared : "\(folder)/\(names.ofSide(side))"
    }
    func part(_ side: TextPipeline.Side) throws(VocabularyError) -> Part {
      (try BytePairCodes(path: path(codesNames, side)), try TokenList(path: path(listNames, side)))
    }
    return try pair(source: part(.source), target: part(.target), settings: settings, folder: folder)
  }

  /// The segmentations of both sides; see ``ListedTokens/pair(source:target:settings:folder:)``.
  ///
  /// - Throws: ``VocabularyError`` if special tokens or tags are missing, or a joint vocabulary has different tokens.
  public static func pair(source: Part, target: Part, settings: TextPipelineSettings, folder: String)
    throws(VocabularyError) -> (source: Self, target: Self)
  {
    let lists = try ListedTokens.pair(
      source: source.list, target: target.list, settings: settings, folder: folder)
    let sharesCodes = source.codes.contents == target.codes.contents
    func side(_ codes: BytePairCodes, _ list: ListedTokens, _ side: TextPipeline.Side) -> Self {
      var files = list.files
      if !sharesCodes || side == .source {
        files.append((sharesCodes ? codesNames.shared : codesNames.ofSide(side), codes.contents))
      }
      return Self(codes: codes, files: files, marks: SubwordMarks(list.vocabulary))
    }
    return (side(source.codes, lists.source, .source), side(target.codes, lists.target, .target))
  }

  /// Splits lines at spaces.
  public static func makeWordSplitter(_ settings: TextPipelineSettings, _ side: TextPipeline.Side)
    -> WordSplitter
  {
    { WhitespaceTokenizer().tokenize($0) }
  }

  /// An encoder with an empty word cache.
  public func makeEncoder() -> ListedBytePairEncoder { ListedBytePairEncoder(codes.encoding, vocabulary) }

  /// The words of a line, which spaces separate.
  public func words(of line: [UInt8]) -> [UInt8] { WhitespaceTokenizer().tokenize(line) }

  /// Joins subwords to words, and words with spaces.
  public func text(of sentence: EncodedSentence) -> [UInt8] { marks.words(of: sentence, copied: { $0 }) }

  /// Joins subwords to words, as they stand there.
  public func text(ofSubwords subwords: [UInt8]) -> [UInt8] { SubwordJoiner().join(subwords) }

  /// The number of subwords of each word.
  public func wordLengths(_ sentence: EncodedSentence) -> [UInt16] { marks.wordLengths(sentence) }

  /// A subword with `@@` continues; any may begin a word.
  public func spelling(of id: TokenID) -> TokenSpelling? { marks.spelling(of: id) }

  /// Joins subwords to a word.
  public func text(ofWord ids: ArraySlice<TokenID>) -> [UInt8] { ids.flatMap { marks.text(of: $0) } }
}

/// Codes of byte pair encoding with the file that they are from, in any ``CodesFormat``.
public struct BytePairCodes: Sendable {
  /// The merges.
  public let encoding: BytePairEncoding
  /// The file.
  public let contents: [UInt8]

  /// Reads a codes file.
  ///
  /// - Throws: ``VocabularyError`` if it cannot be read, or has a line that is not a merge.
  public init(path: String) throws(VocabularyError) {
    contents = try readVocabularyFile(path)
    encoding = try BytePairEncoding(anyCodes: contents, path: path)
  }
}
