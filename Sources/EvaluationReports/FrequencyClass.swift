/// Words that are about equally frequent in the training text, and how many of them systems get right.
package struct FrequencyClass: Sendable, Equatable {
  /// The frequencies, such as "10–99".
  package let name: String
  /// The number of words of the references.
  package let referenceCount: Int
  /// For each system, the number of words of its translations.
  package let systemCounts: [Int]
  /// For each system, the number of words that its translation and the reference of a segment share.
  package let matches: [Int]

  /// The harmonic mean of precision and recall of each system, from 0 to 1; nil if neither side has such words.
  package var fMeasures: [Double?] {
    zip(systemCounts, matches).map { count, match in
      count + referenceCount == 0 ? nil : 2 * Double(match) / Double(count + referenceCount)
    }
  }

  /// Counts by class.
  ///
  /// A word matches as often as it is in both the translation and the reference of a segment.
  ///
  /// - Parameters:
  ///   - counts: how often words occur in the training text.
  ///   - references: the words of each segment's reference.
  ///   - systems: the words of each segment's translation, by system.
  /// - Returns: the classes from rare to frequent, without those that neither side has words of.
  ///
  /// Source: Neubig et al. 2019, "compare-mt: A Tool for Holistic Comparison of Language
  /// Generation Systems", section 3.
  package static func classes(
    _ counts: WordCounts, references: [[[UInt8]]], systems: [[[[UInt8]]]]
  ) -> [FrequencyClass] {
    let classOf = { (word: [UInt8]) in starts.lastIndex { $0 <= counts[word] } ?? 0 }
    func tallies(_ lines: [[[UInt8]]]) -> [Int] {
      lines.reduce(into: [Int](repeating: 0, count: starts.count)) { tally, words in
        for word in words { tally[classOf(word)] += 1 }
      }
    }
    let matches = systems.map { lines in
      tallies(zip(lines, references).map { sharedWords($0, $1) })
    }
    let (referenceTally, systemTallies) = (tallies(references), systems.map(tallies))
    return starts.indices.compactMap { index in
      guard referenceTally[index] > 0 || systemTallies.contains(where: { $0[index] > 0 }) else { return nil }
      return FrequencyClass(
        name: name(ofClass: index), referenceCount: referenceTally[index],
        systemCounts: systemTallies.map { $0[index] }, matches: matches.map { $0[index] })
    }
  }

  /// Where classes begin.
  private static let starts = [0, 1, 2, 5, 10, 100, 1000]

  private static func name(ofClass index: Int) -> String {
    guard index + 1 < starts.count else { return "\(starts[index])+" }
    let end = starts[index + 1] - 1
    return starts[index] == end ? "\(end)" : "\(starts[index])–\(end)"
  }
}

/// The words that two sentences share, each as often as both have it.
func sharedWords(_ one: [[UInt8]], _ other: [[UInt8]]) -> [[UInt8]] {
  var left: [[UInt8]: Int] = [:]
  for word in other { left[word, default: 0] += 1 }
  return one.filter { word in
    guard let count = left[word], count > 0 else { return false }
    left[word] = count - 1
    return true
  }
}
