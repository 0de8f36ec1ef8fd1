/// How a model's probabilities become confidence: the contents of `confidence.json` in a model folder.
///
/// The confidence of a word is the probability that a reference translation has it, too; that of a sentence is the share of
/// its words that a reference has. Both were learned from text whose reference translation is known, since a model's own
/// probabilities are only in the same order.
public struct ConfidenceMap: Sendable, Equatable, Codable {
  /// From the probability of a word, the product of its tokens' probabilities, to its confidence.
  public let words: MonotoneMap
  /// From the mean confidence of a sentence's words to its confidence.
  public let sentences: MonotoneMap
  /// What it was learned from, and how good it is.
  public let measured: Measured

  /// What is known about a map.
  public struct Measured: Sendable, Equatable, Codable {
    /// Sentences that it was learned from.
    public var sentences: Int
    /// Their translations' words.
    public var words: Int
    /// The share of these words that the references have.
    public var shareOfWords: Double
    /// Expected calibration error of words, when learned from one half of the sentences and measured on the other.
    public var wordError: Double
    /// The same of sentences.
    public var sentenceError: Double

    private enum CodingKeys: String, CodingKey {
      case sentences, words
      case shareOfWords = "share_of_words"
      case wordError = "word_error"
      case sentenceError = "sentence_error"
    }
  }

  /// A translation of a sentence whose reference is known.
  public struct Sample: Sendable, Equatable {
    /// The probability of each word.
    public var probabilities: [Double]
    /// For each word, whether the reference has it.
    public var isRight: [Bool]

    /// A translation.
    ///
    /// - Precondition: as many of both.
    public init(probabilities: [Double], isRight: [Bool]) {
      precondition(probabilities.count == isRight.count, "ConfidenceMap.Sample: a word has no outcome")
      (self.probabilities, self.isRight) = (probabilities, isRight)
    }

    /// The share of words that the reference has.
    var share: Double { Double(isRight.count { $0 }) / Double(max(1, isRight.count)) }
  }

  /// Learns from translations; nil if they have no words.
  public init?(_ samples: [Sample]) {
    let samples = samples.filter { !$0.isRight.isEmpty }
    guard let all = Self.fit(samples) else { return nil }
    (words, sentences) = all
    var (wordPairs, sentencePairs): ([(Double, Double)], [(Double, Double)]) = ([], [])
    let halves = [0, 1].map { half in samples.enumerated().filter { $0.offset % 2 == half }.map(\.element) }
    if let maps = Self.fit(halves[0]) {
      for sample in halves[1] {
        let confidences = sample.probabilities.map { maps.words($0) }
        wordPairs += zip(confidences, sample.isRight).map { ($0, $1 ? 1 : 0) }
        sentencePairs.append((maps.sentences(mean(confidences)), sample.share))
      }
    }
    let outcomes = samples.flatMap(\.isRight)
    measured = Measured(
      sentences: samples.count, words: outcomes.count,
      shareOfWords: Double(outcomes.count { $0 }) / Double(outcomes.count),
      wordError: expectedCalibrationError(wordPairs.map { (predicted: $0.0, outcome: $0.1) }),
      sentenceError: expectedCalibrationError(sentencePairs.map { (predicted: $0.0, outcome: $0.1) }))
  }

  /// The confidence of a word with this probability, from 0 to 1.
  public func word(probability: Double) -> Double { words(probability) }

  /// The confidence of a sentence, from 0 to 1; 1 for one without words, with which nothing is wrong.
  public func sentence(words confidences: [Double]) -> Double {
    confidences.isEmpty ? 1 : sentences(mean(confidences))
  }

  private static func fit(_ samples: [Sample]) -> (words: MonotoneMap, sentences: MonotoneMap)? {
    let outcomes = samples.flatMap { sample in
      zip(sample.probabilities, sample.isRight).map { (input: $0, output: $1 ? 1.0 : 0.0) }
    }
    guard let words = MonotoneMap(fitting: outcomes) else { return nil }
    let shares = samples.map { (input: mean($0.probabilities.map { words($0) }), output: $0.share) }
    return MonotoneMap(fitting: shares).map { (words, $0) }
  }
}

private func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(max(1, numbers.count)) }
