import Files
public import Tokens

/// What a prepared corpus holds: the file `corpus.json`, which is written last.
///
/// A folder without it is not whole.
public struct CorpusManifest: Codable, Equatable, Sendable {
  /// The name of the file.
  public static let name = "corpus.json"
  /// The version of the format that this program writes and reads.
  public static let currentVersion = 1

  /// How the corpus was prepared.
  public struct Options: Codable, Equatable, Sendable {
    /// Pairs with more subwords on either side were dropped.
    public var maxLength: Int
    /// Pairs without room in so many positions for each source token were dropped; nil: none for that reason.
    public var upsampling: Int?
    /// The seed of the order of all pairs.
    public var seed: UInt64
    /// The number of pairs of every shard but the last.
    public var shardSize: Int
    /// Whether ids are compressed.
    public var isCompressed: Bool

    private enum CodingKeys: String, CodingKey {
      case upsampling, seed
      case maxLength = "max_length"
      case shardSize = "shard_size"
      case isCompressed = "compressed"
    }
  }

  /// A pair of text files.
  public struct TextFiles: Codable, Equatable, Sendable {
    /// The path of the source side.
    public var source: String
    /// The path of the target side.
    public var target: String
    /// The tag that was put before each source line; nil if lines have their own tags, or none.
    public var tag: String?
    /// Line pairs in the files.
    public var pairsRead: Int
    /// Those that were kept.
    public var pairsKept: Int

    private enum CodingKeys: String, CodingKey {
      case source, target, tag
      case pairsRead = "pairs_read"
      case pairsKept = "pairs_kept"
    }
  }

  /// The ids of special tokens; -1 for one that the vocabulary does not have.
  public struct Special: Codable, Equatable, Sendable {
    var padding, beginning, end, unknown: TokenID

    init(_ tokens: SpecialTokens) {
      (padding, beginning, end, unknown) = (tokens.padding, tokens.beginning, tokens.end, tokens.unknown)
    }

    /// The ids as the model needs them.
    public var tokens: SpecialTokens {
      SpecialTokens(padding: padding, beginning: beginning, end: end, unknown: unknown)
    }
  }

  /// A file with pairs.
  public struct Shard: Codable, Equatable, Sendable {
    /// The name of the file.
    public var file: String
    /// Its pairs.
    public var pairs: Int
    /// Source ids of all pairs, without `</s>`.
    public var sourceTokens: Int
    /// Target ids of all pairs, without `</s>`.
    public var targetTokens: Int
    /// The size of the file.
    public var bytes: Int
    /// XXH64 of its header and lengths, in hexadecimal digits.
    public var indexChecksum: String
    /// XXH64 of its ids as they are in the file.
    public var idsChecksum: String

    private enum CodingKeys: String, CodingKey {
      case file, pairs, bytes
      case sourceTokens = "source_tokens"
      case targetTokens = "target_tokens"
      case indexChecksum = "index_checksum"
      case idsChecksum = "ids_checksum"
    }
  }

  /// The version of the format.
  public var formatVersion: Int
  /// The version of the program that wrote it.
  public var version: String
  /// How it was prepared.
  public var options: Options
  /// Sizes of the source and target vocabularies, which all ids are below.
  public var sourceVocabulary, targetVocabulary: Int
  /// The ids of special tokens.
  public var specialTokens: Special
  /// Whether source sentences end in `</s>` when they are in a batch.
  public var endsSource: Bool
  /// The text.
  public var files: [TextFiles]
  /// What was read, kept and dropped, in words.
  public var report: String
  /// All pairs.
  public var pairs: Int
  /// Source ids of all pairs, without `</s>`.
  public var sourceTokens: Int
  /// Target ids of all pairs, without `</s>`.
  public var targetTokens: Int
  /// The most ids of a source sentence and of a target sentence, without `</s>`.
  public var longestSource, longestTarget: Int
  /// The files with the pairs, in order.
  public var shards: [Shard]
  /// What identifies the corpus: XXH64 over everything that its batches depend on.
  public var digest: String

  /// The digest that belongs to the contents.
  var expectedDigest: String {
    var text =
      "\(formatVersion) \(sourceVocabulary) \(targetVocabulary) \(specialTokens.tokens) \(endsSource)\n"
    for shard in shards {
      text += "\(shard.pairs) \(shard.sourceTokens) \(shard.targetTokens) \(shard.indexChecksum) "
      text += "\(shard.idsChecksum)\n"
    }
    return digits(of: Array(text.utf8))
  }

  private enum CodingKeys: String, CodingKey {
    case version, options, files, report, pairs, shards, digest
    case formatVersion = "format_version"
    case sourceVocabulary = "source_vocabulary"
    case targetVocabulary = "target_vocabulary"
    case specialTokens = "special_tokens"
    case endsSource = "ends_source"
    case sourceTokens = "source_tokens"
    case targetTokens = "target_tokens"
    case longestSource = "longest_source"
    case longestTarget = "longest_target"
  }
}

/// XXH64 of bytes, as 16 hexadecimal digits.
func digits(of bytes: [UInt8]) -> String {
  var sum = Checksum()
  unsafe sum.add(bytes.span.bytes)
  return sum.digits
}
