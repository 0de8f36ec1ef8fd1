/// Sentences and their translations as ids of words, stored one after another.
package struct SentencePairs: Sendable {
  private(set) var sources: [UInt32] = []
  private(set) var targets: [UInt32] = []
  private var sourceEnds = [0]
  private var targetEnds = [0]
  /// One more than the greatest source id.
  private(set) var sourceWords = 0
  /// One more than the greatest target id.
  private(set) var targetWords = 0

  /// No pairs.
  package init() {}

  /// Number of pairs.
  package var count: Int { sourceEnds.count - 1 }

  /// Appends a pair.
  ///
  /// - Parameters:
  ///   - source: ids of words, below 2³¹; tables have a row for each id up to the greatest.
  ///   - target: ids of the other language's words, which are counted separately.
  package mutating func append(source: some Sequence<UInt32>, target: some Sequence<UInt32>) {
    for id in source {
      sources.append(id)
      sourceWords = max(sourceWords, Int(id) + 1)
    }
    for id in target {
      targets.append(id)
      targetWords = max(targetWords, Int(id) + 1)
    }
    sourceEnds.append(sources.count)
    targetEnds.append(targets.count)
  }

  /// Where the words of a source sentence are in ``sources``.
  func sourceRange(_ index: Int) -> Range<Int> { sourceEnds[index]..<sourceEnds[index + 1] }

  /// Where the words of a target sentence are in ``targets``.
  func targetRange(_ index: Int) -> Range<Int> { targetEnds[index]..<targetEnds[index + 1] }

  /// The number of pairs of words, one from each sentence.
  func cells(_ index: Int) -> Int { sourceRange(index).count * targetRange(index).count }
}
