import Tokens

/// Where words go on between tokens: required phrases are whole words, and do not begin or end within others.
public struct WordJoints: Sendable, Equatable {
  /// For each token, whether the word goes on after it, whatever comes next.
  let goesOnAfter: [Bool]
  /// For each token, whether it goes on with the word before it.
  let goesOnBefore: [Bool]

  /// The joints of a vocabulary: one element for each token.
  public init(goesOnAfter: [Bool], goesOnBefore: [Bool]) {
    precondition(goesOnAfter.count == goesOnBefore.count, "WordJoints: different numbers of tokens")
    (self.goesOnAfter, self.goesOnBefore) = (goesOnAfter, goesOnBefore)
  }

  /// Those of some tokens, in their order.
  func of(_ tokens: [TokenID]) -> WordJoints {
    WordJoints(
      goesOnAfter: tokens.map { goesOnAfter[Int($0)] }, goesOnBefore: tokens.map { goesOnBefore[Int($0)] })
  }
}
