import WordAlignment

/// How probably words translate each other, learned from the corpus itself.
///
/// Pairs are scored by a model that was learned from other pairs, so that a wrong translation with rare words cannot
/// vouch for itself: there are two models, one of the even and one of the odd lines.
struct TranslationModel: Sendable {
  private let source: [UInt32: UInt32]
  private let target: [UInt32: UInt32]
  private let sourceShares: [Float]
  private let targetShares: [Float]
  private let aligner: WordAligner

  /// Learns from pairs.
  ///
  /// - Parameters:
  ///   - pairs: the words of each side.
  ///   - threads: number of threads; does not change the model.
  init(learningFrom pairs: [TranslationSample.Pair], threads: Int) {
    let sourceWords = Vocabulary(pairs.map(\.source))
    let targetWords = Vocabulary(pairs.map(\.target))
    (source, sourceShares) = (sourceWords.ids, sourceWords.shares)
    (target, targetShares) = (targetWords.ids, targetWords.shares)
    var lesson = SentencePairs()
    for pair in pairs {
      lesson.append(
        source: pair.source.compactMap { sourceWords.ids[$0] },
        target: pair.target.compactMap { targetWords.ids[$0] })
    }
    var options = AlignerOptions()
    options.iterations = 4
    aligner = WordAligner(learningFrom: lesson, options: options, threads: threads)
  }

  /// How much more probable the words of a pair are as translations of each other than alone.
  ///
  /// - Returns: the mean over words of the logarithm of IBM model 1's probability divided by that of the word, and the
  ///   number of words that it is of; 0 words if too few are known.
  func score(source: [UInt32], target: [UInt32]) -> (score: Float, words: Int) {
    let sources = source.prefix(TranslationSample.mostWords).compactMap { self.source[$0] }
    let targets = target.prefix(TranslationSample.mostWords).compactMap { self.target[$0] }
    guard !sources.isEmpty, !targets.isEmpty else { return (0, 0) }
    var forward = [Float](repeating: 0, count: targets.count)
    var reverse = [Float](repeating: 0, count: sources.count)
    for (i, one) in sources.enumerated() {
      for (j, other) in targets.enumerated() {
        guard let entry = aligner.table.entry(one, other) else { continue }
        forward[j] += entry.forward
        reverse[i] += entry.reverse
      }
    }
    var sum: Float = 0
    for (j, word) in targets.enumerated() {
      sum += Self.gain(forward[j] / Float(sources.count), over: targetShares[Int(word)])
    }
    for (i, word) in sources.enumerated() {
      sum += Self.gain(reverse[i] / Float(targets.count), over: sourceShares[Int(word)])
    }
    let words = sources.count + targets.count
    return (sum / Float(words), words)
  }

  /// The logarithm of a ratio of probabilities, within limits, so that no single word decides.
  private static func gain(_ probability: Float, over share: Float) -> Float {
    let smoothed = 0.9 * probability + 0.1 * share
    return min(4, Float(logarithm(Double(smoothed / share))))
  }

  /// Words that occur twice or more, numbered.
  private struct Vocabulary {
    var ids: [UInt32: UInt32] = [:]
    var shares: [Float] = []

    init(_ sentences: [[UInt32]]) {
      var counts: [UInt32: Int] = [:]
      for sentence in sentences { for word in sentence { counts[word, default: 0] += 1 } }
      let kept = counts.filter { $0.value > 1 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let total = Float(max(1, kept.reduce(0) { $0 + $1.value }))
      for (word, count) in kept {
        ids[word] = UInt32(shares.count)
        shares.append(Float(count) / total)
      }
    }
  }
}
