internal import Machine
package import Tokens

/// Links the words of sentences with those of their translations.
///
/// The model is IBM model 2 with a prior that prefers links near the diagonal. Two of them are learned, one from source to
/// target and one the other way; ``Symmetrization`` combines their links.
///
/// Source: Dyer, Chahuneau and Smith 2013, "A Simple, Fast, and Effective Reparameterization of IBM Model 2".
package struct WordAligner: Sendable {
  /// What is learned in a direction, besides the probabilities of the table.
  package struct Direction: Sendable {
    /// How strongly links prefer the diagonal.
    package internal(set) var tension: Double
    /// The probability of each predicted word without a counterpart.
    package internal(set) var null: [Float]

    func nullProbability(_ word: UInt32) -> Float {
      Int(word) < null.count ? null[Int(word)] : leastProbability
    }
  }

  let options: AlignerOptions
  /// The probabilities of pairs of words.
  package internal(set) var table: CooccurrenceTable
  /// From source to target.
  package internal(set) var forward: Direction
  /// From target to source.
  package internal(set) var reverse: Direction

  /// What was found in an iteration, before its probabilities were replaced.
  package struct Progress: Sendable {
    /// From 1.
    package let iteration: Int
    /// The natural logarithm of the text's probability: target given source, source given target.
    package let likelihood: (forward: Double, reverse: Double)
    /// The tensions with which the iteration ended.
    package let tension: (forward: Double, reverse: Double)
    /// Pairs that were learned from.
    package let pairs: Int
  }

  /// Learns from pairs of sentences.
  ///
  /// - Parameters:
  ///   - pairs: the text; pairs with an empty side, or that are too long, are left out.
  ///   - options: how it is learned.
  ///   - threads: number of threads; does not change the result.
  ///   - progress: called after each iteration; an error that it throws ends the work.
  /// - Throws: what `progress` throws.
  package init<Failure: Error>(
    learningFrom pairs: SentencePairs, options: AlignerOptions = AlignerOptions(), threads: Int,
    progress: (Progress) throws(Failure) -> Void
  ) throws(Failure) {
    self.options = options
    let lesson = AlignerLesson(pairs, options)
    table = lesson.makeTable(pairs)
    forward = Direction(tension: options.tension, null: lesson.uniform(pairs.targetWords))
    reverse = Direction(tension: options.tension, null: lesson.uniform(pairs.sourceWords))
    guard !lesson.pairs.isEmpty else { return }
    let types = TranslationTypes(table, pairs)
    for iteration in 1...max(1, options.iterations) {
      let counts = lesson.expect(pairs, self, threads: threads)
      maximize(
        counts, types, lesson.sizes, learnsTension: options.learnsTension && iteration > 1, threads: threads)
      try progress(
        Progress(
          iteration: iteration,
          likelihood: (
            Double(counts.forward.likelihood) / Double(1 << 20),
            Double(counts.reverse.likelihood) / Double(1 << 20)
          ),
          tension: (forward.tension, reverse.tension), pairs: lesson.pairs.count))
    }
  }

  /// Learns from pairs of sentences, without reports.
  package init(learningFrom pairs: SentencePairs, options: AlignerOptions = AlignerOptions(), threads: Int) {
    self.init(learningFrom: pairs, options: options, threads: threads) { _ in }
  }

  /// The most probable links of sentence pairs.
  ///
  /// - Parameters:
  ///   - pairs: the text.
  ///   - range: which pairs.
  ///   - symmetrization: how the links of both directions are combined.
  ///   - threads: number of threads; does not change the result.
  /// - Returns: the links of each pair, by target, then source; none for pairs that are too long.
  package func links(
    of pairs: SentencePairs, in range: Range<Int>, by symmetrization: Symmetrization, threads: Int
  ) -> [[AlignmentLink]] {
    let pieces = max(1, min(range.count / 64, 4 * threads))
    let parts = concurrentMap(pieces, threads: threads) { piece in
      var posteriors = LinkPosteriors()
      let part =
        range.lowerBound + piece * range.count / pieces..<range.lowerBound + (piece + 1) * range.count
        / pieces
      return part.map { links(of: pairs, $0, by: symmetrization, &posteriors) }
    }
    return Array(parts.joined())
  }

  private func links(
    of pairs: SentencePairs, _ index: Int, by symmetrization: Symmetrization,
    _ posteriors: inout LinkPosteriors
  ) -> [AlignmentLink] {
    let cells = pairs.cells(index)
    let (n, m) = (pairs.sourceRange(index).count, pairs.targetRange(index).count)
    // Links have 16 bits for a word.
    guard cells > 0, cells <= options.maximumCells, max(n, m) <= 1 << 16 else { return [] }
    posteriors.infer(pairs, index, self)
    let forward = (0..<m).map { posteriors.forward.best($0) }
    let reverse = (0..<n).map { posteriors.reverse.best($0) }
    return symmetrization.combine(sourceOfTarget: forward, targetOfSource: reverse)
  }
}
