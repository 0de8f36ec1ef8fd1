/// Which target tokens may translate each source token, so that the output layer computes few of them.
///
/// A sentence's candidates are the first ids of the vocabulary, which are frequent, and the lists of its source tokens.
package struct LexicalShortlist: Sendable, Equatable {
  /// How many of the first ids are always candidates.
  package let firstCount: Int
  /// How many target ids a source id has at most.
  package let bestCount: Int
  /// Where the list of each source id starts in ``ids``, and their end.
  let offsets: [Int]
  /// The lists, each in ascending order.
  let ids: [UInt32]

  /// Lists by source id.
  ///
  /// - Parameters:
  ///   - firstCount: how many of the first ids are always candidates.
  ///   - bestCount: how many target ids a source id has at most; recorded in files only.
  ///   - lists: target ids of each source id, in any order.
  package init(firstCount: Int, bestCount: Int, lists: [[UInt32]]) {
    (self.firstCount, self.bestCount) = (firstCount, bestCount)
    var offsets = [0]
    for list in lists { offsets.append(offsets[offsets.count - 1] + list.count) }
    self.offsets = offsets
    ids = lists.flatMap { $0.sorted() }
  }

  init(firstCount: Int, bestCount: Int, offsets: [Int], ids: [UInt32]) {
    (self.firstCount, self.bestCount, self.offsets, self.ids) = (firstCount, bestCount, offsets, ids)
  }

  /// The number of source ids that have a list, which may be empty.
  package var sourceCount: Int { offsets.count - 1 }

  /// The greatest target id in any list; nil if all are empty.
  package var greatestID: UInt32? { ids.max() }

  /// The target ids of a source id in ascending order; none beyond ``sourceCount``.
  package subscript(source: Int) -> ArraySlice<UInt32> {
    guard source >= 0, source < sourceCount else { return [] }
    return ids[offsets[source]..<offsets[source + 1]]
  }

  /// The target ids that may translate a sentence or a batch.
  ///
  /// As in Marian, further ids after the first ones fill the list to a multiple of 8.
  ///
  /// - Parameters:
  ///   - sources: the ids of the source tokens.
  ///   - vocabularySize: the number of target ids.
  ///   - isShared: whether both languages have one vocabulary, so that a source token may be copied.
  /// - Returns: ids in ascending order, below `vocabularySize`.
  /// - Complexity: linear in `vocabularySize` and in the lengths of the lists.
  package func candidates(
    for sources: some Sequence<Int>, vocabularySize: Int, isShared: Bool = false
  ) -> [Int] {
    var isChosen = [Bool](repeating: false, count: vocabularySize)
    for id in 0..<min(firstCount, vocabularySize) { isChosen[id] = true }
    for source in sources {
      if isShared, source >= 0, source < vocabularySize { isChosen[source] = true }
      for id in self[source] where Int(id) < vocabularySize { isChosen[Int(id)] = true }
    }
    var count = isChosen.count { $0 }
    for id in min(firstCount, vocabularySize)..<vocabularySize where count % 8 != 0 && !isChosen[id] {
      isChosen[id] = true
      count += 1
    }
    return isChosen.indices.filter { isChosen[$0] }
  }
}
