/// How often some words occur in a text.
package struct WordCounts: Sendable, Equatable {
  private var counts: [[UInt8]: Int]
  /// The number of all words of the text.
  package private(set) var total = 0

  /// Counts of zero.
  ///
  /// - Parameter words: the words whose counts are wanted; others only add to the total, so that a large text needs
  ///   little memory.
  package init(of words: Set<[UInt8]>) {
    counts = Dictionary(uniqueKeysWithValues: words.map { ($0, 0) })
  }

  /// Counts the words of a line.
  package mutating func add(_ words: [[UInt8]]) {
    total += words.count
    for word in words {
      guard let index = counts.index(forKey: word) else { continue }
      counts.values[index] += 1
    }
  }

  /// How often a word occurs; 0 for words that were not asked for.
  package subscript(word: [UInt8]) -> Int { counts[word] ?? 0 }
}
