package import Corpora
internal import Machine
package import ModelFormats
package import Tokens
internal import WordAlignment

/// How often each source token is linked to each target token, from which lexical shortlists are made.
package struct LexicalCounts: Sendable {
  /// What is kept of the counts in a shortlist.
  package struct Selection: Sendable {
    /// How many target tokens are always candidates: the first ids of the vocabulary and, if others are more frequent, those.
    package var first = 50
    /// How many target tokens are kept for each source token: the most probable ones.
    package var best = 50
    /// Target tokens of a lower probability, given the source token, are left out.
    package var leastProbability = 0.0

    /// The defaults, those of Firefox's models.
    package init() {}
  }

  /// By source id in the upper, target id in the lower half.
  private var links: [UInt64: Int] = [:]
  /// How often each target token occurs, by its id.
  private var targets: [Int] = []

  /// No text yet.
  package init() {}

  /// Counts the links of a pair.
  package mutating func add(_ pair: SentencePair, _ links: [AlignmentLink]) {
    for id in pair.target {
      if Int(id) >= targets.count { targets += [Int](repeating: 0, count: Int(id) + 1 - targets.count) }
      targets[Int(id)] += 1
    }
    let (source, target) = (pair.source, pair.target)
    for link in links {
      let first = source[source.startIndex + Int(link.source)]
      let second = target[target.startIndex + Int(link.target)]
      self.links[UInt64(first) << 32 | UInt64(second), default: 0] += 1
    }
  }

  /// The number of links.
  package var linkCount: Int { links.values.reduce(0, +) }

  /// The target tokens of each source token with their probabilities, the most probable first.
  private func translations(_ selection: Selection) -> [(
    source: Int, targets: [(id: UInt32, probability: Double)]
  )] {
    var bySource: [Int: [(id: UInt32, count: Int)]] = [:]
    for (key, count) in links {
      bySource[Int(key >> 32), default: []].append((UInt32(truncatingIfNeeded: key), count))
    }
    return bySource.keys.sorted().map { source in
      let list = bySource[source] ?? []
      let sum = Double(list.reduce(0) { $0 + $1.count })
      let kept = list.sorted { ($1.count, $0.id) < ($0.count, $1.id) }.prefix(selection.best)
        .map { (id: $0.id, probability: Double($0.count) / sum) }
      return (source, kept.filter { $0.probability >= selection.leastProbability })
    }
  }

  /// A shortlist of the most probable translations.
  ///
  /// - Parameters:
  ///   - selection: what is kept.
  ///   - sourceCount: the number of source ids.
  ///   - targetCount: the number of target ids.
  ///   - end: the id of the end token, which every source sentence has: frequent target tokens that are not among the first
  ///     ids are its translations.
  ///   - copied: source tokens and what they are always translated to, without links in the text.
  /// - Returns: the shortlist.
  package func shortlist(
    _ selection: Selection, sourceCount: Int, targetCount: Int, end: TokenID,
    copied: [(source: TokenID, target: TokenID)] = []
  ) -> LexicalShortlist {
    let first = min(selection.first, targetCount)
    var lists = [[UInt32]](repeating: [], count: sourceCount)
    for (source, targets) in translations(selection) where source < sourceCount {
      // The first ids are candidates anyway.
      lists[source] = targets.map(\.id).filter { $0 >= first }
    }
    for (source, target) in copied where target >= first && !lists[Int(source)].contains(UInt32(target)) {
      lists[Int(source)].insert(UInt32(target), at: 0)
    }
    let frequent = targets.indices.filter { targets[$0] > 0 }.sorted { (targets[$1], $0) < (targets[$0], $1) }
    let others = frequent.prefix(first).filter { $0 >= first }.map { UInt32($0) }
    if (0..<sourceCount).contains(Int(end)) { lists[Int(end)] = Array(Set(lists[Int(end)] + others)) }
    return LexicalShortlist(firstCount: first, bestCount: selection.best, lists: lists)
  }

  /// A table of lines `target source probability`, from which Marian makes shortlists.
  ///
  /// - Parameters:
  ///   - selection: what is kept.
  ///   - name: the text of a source token.
  ///   - otherName: the text of a target token.
  ///   - take: receives each line with its line end.
  /// - Throws: what `take` throws.
  package func forEachLine<Failure: Error>(
    _ selection: Selection, source name: (Int) -> [UInt8], target otherName: (Int) -> [UInt8],
    _ take: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    for (source, targets) in translations(selection) {
      for target in targets {
        let space = [UInt8(ascii: " ")]
        let probability = Array("\(Float(target.probability))\n".utf8)
        try take(otherName(Int(target.id)) + space + name(source) + space + probability)
      }
    }
  }
}

extension LexicalCounts {
  /// Counts the links of a corpus with word alignments: each subword of a word is linked to each of the other.
  ///
  /// - Precondition: the corpus was loaded with alignments.
  package init(alignedPairsOf corpus: ParallelCorpus) {
    for index in 0..<corpus.count {
      let pair = corpus[index]
      guard let alignment = pair.alignment else {
        preconditionFailure("LexicalCounts: a corpus without alignments")
      }
      add(pair, alignment.ofSubwords)
    }
  }

  /// Aligns the subwords of a corpus, and counts their links.
  ///
  /// - Parameters:
  ///   - corpus: the text.
  ///   - threads: number of threads; does not change the result.
  ///   - progress: called now and then; an error that it throws ends the work.
  /// - Throws: what `progress` throws.
  package init(
    aligning corpus: ParallelCorpus, threads: Int, progress: (AlignmentPhase) throws -> Void
  ) throws {
    var pairs = SentencePairs()
    for index in 0..<corpus.count {
      let pair = corpus[index]
      pairs.append(
        source: pair.source.lazy.map { UInt32($0) }, target: pair.target.lazy.map { UInt32($0) })
    }
    let options = AlignerOptions()
    let aligner = try WordAligner(learningFrom: pairs, options: options, threads: threads) { now in
      try progress(.learning(iterations: now.iteration, of: options.iterations))
    }
    for start in stride(from: 0, to: pairs.count, by: 1 << 14) {
      let range = start..<min(start + (1 << 14), pairs.count)
      let links = aligner.links(of: pairs, in: range, by: .growDiagFinalAnd, threads: threads)
      for (index, links) in zip(range, links) { add(corpus[index], links) }
      try progress(.aligning(lines: range.upperBound, of: pairs.count))
    }
  }
}
