package import Tokens

/// Finds translations that repeat a few tokens again and again, as models do that have lost their way.
///
/// Source: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration", for what such loops look like.
package enum RepetitionCheck {
  /// Whether a translation has a loop that its source does not explain.
  ///
  /// A loop is a sequence of tokens three or more times in a row, of eight tokens or more altogether, or one token four or
  /// more times. A source that repeats itself as well explains it, if it does so for two thirds as long.
  ///
  /// - Parameters:
  ///   - tokens: the translation.
  ///   - source: its source.
  /// - Returns: whether it should be searched again.
  package static func hasLoop(_ tokens: [TokenID], source: some Collection<TokenID>) -> Bool {
    var length = longestLoop(in: tokens)
    if length < leastLength {
      length = longestLoop(in: tokens, longestPeriod: 1)
      if length < leastRun { return false }
    }
    return 3 * longestLoop(in: Array(source)) < 2 * length
  }

  /// The number of tokens in the longest part that consists of a sequence three or more times in a row; 0 if there is none.
  ///
  /// - Parameters:
  ///   - tokens: the tokens.
  ///   - longestPeriod: the longest sequence that is looked for, in tokens.
  /// - Returns: its length with all repetitions.
  /// - Complexity: O(`tokens.count` · `longestPeriod`).
  package static func longestLoop(in tokens: [TokenID], longestPeriod: Int = longestPeriod) -> Int {
    var longest = 0
    for period in 1...longestPeriod where tokens.count >= 3 * period {
      // A run of places that are equal to those one period before.
      var run = 0
      for place in period..<tokens.count {
        run = tokens[place] == tokens[place - period] ? run + 1 : 0
        if run >= 2 * period { longest = max(longest, run + period) }
      }
    }
    return longest
  }

  /// The shortest loop that counts, in tokens.
  private static let leastLength = 8
  /// The shortest one of a single token.
  private static let leastRun = 4
  /// The longest sequence that is looked for, in tokens.
  package static let longestPeriod = 16
}
