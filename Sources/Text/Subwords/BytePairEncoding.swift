/// Splits words into subwords with merge operations learned from text.
///
/// A word starts as its characters (code points), the last of which is marked as the end of the word. Then the earliest
/// learned merge that applies is carried out wherever it applies, until none does. In segmented text, a subword that
/// does not end its word ends in `@@`.
///
/// Source: Sennrich, Haddow and Birch 2016, "Neural Machine Translation of Rare Words with Subword Units",
/// section 3.2. Codes and segmentation equal those of the authors' subword-nmt, line for line.
public struct BytePairEncoding: Sendable {
  /// The bytes of each symbol, followed by ``endOfWord`` if it ends a word.
  private(set) var symbols = ByteStringTable()
  /// The merge operations in the order in which they were learned; `result` is the symbol that a merge makes.
  private(set) var merges: [(left: Int32, right: Int32, result: Int32)] = []
  /// Maps a pair of symbols to the index of its merge in ``merges``.
  private(set) var ranks = PairTable()
  /// The first merge that makes each symbol, or -1; used to undo merges.
  private(set) var origins: [Int32] = []

  /// Whether ``endOfWord`` is a symbol of its own that follows the last character, as in codes of format 0.1, instead of
  /// being part of the last character's symbol.
  var separatesEndOfWord = false

  /// Marks a symbol that ends a word, in symbols and in codes files.
  static let endOfWord = Array("</w>".utf8)

  /// Follows a subword that does not end its word.
  public static let continuation = Array("@@".utf8)

  /// An encoding without merges: words are split into characters.
  public init() {}

  /// Number of merge operations.
  public var mergeCount: Int { merges.count }

  /// Adds a merge operation after all others.
  mutating func append(left: Span<UInt8>, right: Span<UInt8>) {
    let (left, right, result) = (intern(left), intern(right), intern(joining: left, right))
    let rank = Int32(merges.count)
    merges.append((left, right, result))
    // If a pair occurs twice, its first occurrence counts.
    guard ranks.findOrInsert(left, right, rank) == rank else { return }
    if origins[Int(result)] < 0 { origins[Int(result)] = rank }
  }

  private mutating func intern(_ symbol: Span<UInt8>) -> Int32 {
    let index = symbols.insert(symbol)
    if index == origins.count { origins.append(-1) }
    return Int32(index)
  }

  private mutating func intern(joining left: Span<UInt8>, _ right: Span<UInt8>) -> Int32 {
    var joined: [UInt8] = []
    joined.append(left)
    joined.append(right)
    return intern(joined.span)
  }
}

extension Array where Element == UInt8 {
  /// Appends borrowed bytes.
  mutating func append(_ bytes: Span<UInt8>) {
    for position in bytes.indices { append(bytes[position]) }
  }
}
