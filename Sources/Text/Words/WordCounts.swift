/// How often each word occurs in a text, from which a segmentation is learned.
public struct WordCounts: Sendable {
  private(set) var words = ByteStringTable()
  private(set) var counts: [Int] = []

  /// No words yet.
  public init() {}

  /// The words of the given lines; see ``add(line:)``.
  public init(lines: some Sequence<[UInt8]>) {
    for line in lines { add(line: line) }
  }

  /// Number of different words.
  public var types: Int { counts.count }

  /// Number of words, including repetitions.
  public var tokens: Int { counts.reduce(0, +) }

  /// Number of different characters (code points).
  public var characters: Int { CharacterCounts(self).count(atLeast: 1) }

  /// Each word with its count, in the order of first occurrence.
  public var all: some Sequence<(word: [UInt8], count: Int)> {
    counts.indices.lazy.map { (Array(words[$0]), counts[$0]) }
  }

  /// Counts the words of one line.
  ///
  /// - Parameter line: words separated by spaces; carriage returns and line feeds at its ends are ignored.
  public mutating func add(line: [UInt8]) { _ = add(line: line, limits: LearningLimits()) }

  /// Counts the words of one line that are not too long.
  ///
  /// - Returns: the number of words that are.
  mutating func add(line: [UInt8], limits: LearningLimits) -> Int {
    let span = line.span
    var ranges = WordRanges(of: span)
    var leftOut = 0
    while let range = ranges.next(in: span) {
      let word = span.extracting(range)
      if limits.accepts(word: word) { add(1, of: words.insert(word)) } else { leftOut += 1 }
    }
    return leftOut
  }

  /// Adds the counts of another part of the text.
  public mutating func add(_ other: WordCounts) {
    for index in other.counts.indices { add(other.counts[index], index, of: other) }
  }

  /// Adds the count of another table's word.
  mutating func add(_ count: Int, _ index: Int, of other: WordCounts) {
    add(count, of: words.insert(index, of: other.words))
  }

  private mutating func add(_ count: Int, of index: Int) {
    if index == counts.count { counts.append(count) } else { counts[index] += count }
  }
}
