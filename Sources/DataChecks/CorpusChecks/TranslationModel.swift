import WordAlignment

/// How probably words translate each other, learned from the corpus itself.
///
/// Pairs are scored by a model that was learned from other pairs, so that a wrong translation with rare words cannot
/// vouch for itself: there are two models, one of the even and one of the odd lines.
struct TranslationModel: Sendable {
  private let source: [UInt32: UInt32]
  private let target: [UInt32: UInt32]
  private let sourceWords: [Word]
  private let targetWords: [Word]
  private let aligner: WordAligner

  /// Learns from pairs.
  ///
  /// - Parameters:
  ///   - pairs: the words of each side.
  ///   - threads: number of threads; does not change the model.
  init(learningFrom pairs: [TranslationSample.Pair], threads: Int) {
    let sources = Vocabulary(pairs.map(\.source))
    let targets = Vocabulary(pairs.map(\.target))
    (source, sourceWords) = (sources.ids, sources.words)
    (target, targetWords) = (targets.ids, targets.words)
    var lesson = SentencePairs()
    for pair in pairs {
      lesson.append(
        source: pair.source.compactMap { sources.ids[$0] },
        target: pair.target.compactMap { targets.ids[$0] })
    }
    var options = AlignerOptions()
    options.iterations = 4
    aligner = WordAligner(learningFrom: lesson, options: options, threads: threads)
  }

  /// How much more probable the words of a pair are as translations of each other than alone.
  ///
  /// - Returns: the mean over words of the logarithm of IBM model 1's probability divided by that of the word, and how many
  ///   words it is of. Rare words count for less, since their translations may just not have been seen.
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
    var (sum, weights): (Float, Float) = (0, 0)
    func add(_ probability: Float, _ word: Word) {
      sum += word.weight * Self.gain(probability, over: word.share)
      weights += word.weight
    }
    for (j, word) in targets.enumerated() { add(forward[j] / Float(sources.count), targetWords[Int(word)]) }
    for (i, word) in sources.enumerated() { add(reverse[i] / Float(targets.count), sourceWords[Int(word)]) }
    return (sum / weights, Int(weights.rounded()))
  }

  /// The logarithm of a ratio of probabilities, within limits, so that no single word decides.
  private static func gain(_ probability: Float, over share: Float) -> Float {
    let smoothed = 0.9 * probability + 0.1 * share
    return min(4, Float(logarithm(Double(smoothed / share))))
  }

  /// What is known about a word.
  private struct Word: Sendable {
    /// Its share of all words.
    let share: Float
    /// How much its translations say, from 0 to 1.
    let weight: Float
  }

  /// Words that occur twice or more, numbered.
  private struct Vocabulary {
    var ids: [UInt32: UInt32] = [:]
    var words: [Word] = []

    init(_ sentences: [[UInt32]]) {
      var counts: [UInt32: Int] = [:]
      for sentence in sentences { for word in sentence { counts[word, default: 0] += 1 } }
      let kept = counts.filter { $0.value > 1 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let total = Float(max(1, kept.reduce(0) { $0 + $1.value }))
      for (word, count) in kept {
        ids[word] = UInt32(words.count)
        words.append(Word(share: Float(count) / total, weight: Float(count) / Float(count + 4)))
      }
    }
  }
}
