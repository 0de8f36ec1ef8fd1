/// How a token is written within words.
public struct TokenSpelling: Sendable, Equatable {
  /// Its text, without marks of words.
  public var text: [UInt8]
  /// Whether a word can begin with it.
  public var canBegin: Bool
  /// Whether it can come later in a word.
  public var canFollow: Bool
  /// Whether the word can go on after it.
  public var canContinue: Bool
}
