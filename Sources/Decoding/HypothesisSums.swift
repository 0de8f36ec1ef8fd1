import Glibc

/// Sums over the predictions of a hypothesis, or over the pieces of a line that was cut.
public struct HypothesisSums: Sendable, Equatable {
  /// The natural logarithm of the probability of all predictions; NaN if the search does not compute it.
  public var logProbability: Double
  /// The number of predictions: the tokens, and `</s>` if it was predicted.
  public var length: Int
  /// The attention that each source token received from all predictions; empty if the scoring does not need it.
  public var attention: [Float]

  /// The given sums; by default, those of no predictions.
  public init(logProbability: Double = 0, length: Int = 0, attention: [Float] = []) {
    (self.logProbability, self.length, self.attention) = (logProbability, length, attention)
  }

  /// Adds one prediction.
  mutating func add(logProbability: Double) {
    self.logProbability += logProbability
    length += 1
  }

  /// Adds the attention of one prediction over the source tokens.
  mutating func add(attention: [Float]) {
    if self.attention.isEmpty { self.attention = Array(repeating: 0, count: attention.count) }
    for (token, share) in attention.enumerated() { self.attention[token] += share }
  }

  /// The logarithm of the coverage of the source: 0 if every source token received a total attention of at least 1, and
  /// lower the less some received.
  ///
  /// Attention below the smallest normal float counts as that number, so that the result is finite.
  var coverage: Double {
    attention.reduce(0) { $0 + log(Double(min(max($1, .leastNormalMagnitude), 1))) }
  }

  /// The sums of two hypotheses for consecutive pieces of a source.
  public static func + (left: HypothesisSums, right: HypothesisSums) -> HypothesisSums {
    HypothesisSums(
      logProbability: left.logProbability + right.logProbability, length: left.length + right.length,
      attention: left.attention + right.attention)
  }
}
