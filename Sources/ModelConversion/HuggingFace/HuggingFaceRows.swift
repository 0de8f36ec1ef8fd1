internal import Models
internal import Tokens

/// The rows of embedding tables in Hugging Face's form, which needs a padding token on both sides, and starts the decoder with
/// a token.
///
/// A decoder that starts with zeros gets a padding token whose row is zeros, as Hugging Face's own converter does it.
struct HuggingFaceRows {
  /// The id of the padding token.
  let padding: TokenID
  /// The id of the token with which the decoder starts.
  let start: TokenID
  /// The rows of each table.
  let source, target: Int
  /// Whether the padding token is new.
  let hasNewPadding: Bool

  init(_ configuration: ModelConfiguration) {
    let tokens = configuration.specialTokens
    let (source, target) = (configuration.sourceVocabularySize, configuration.targetVocabularySize)
    let isThere = tokens.padding != SpecialTokens.absent && Int(tokens.padding) < min(source, target)
    if isThere, tokens.beginning != SpecialTokens.absent {
      (padding, start, hasNewPadding) = (tokens.padding, tokens.beginning, false)
      (self.source, self.target) = (source, target)
    } else {
      let last = max(source, target)
      padding = TokenID(last)
      start = tokens.beginning == SpecialTokens.absent ? padding : tokens.beginning
      hasNewPadding = true
      (self.source, self.target) = (last + 1, last + 1)
    }
  }

  /// What the bias of the output layer is for rows that are no tokens, so that they have no probability.
  static let impossible: Float = -10_000

  /// The tokens of a side with names for the new rows.
  func tokens(_ tokens: [String]) -> [String] {
    guard hasNewPadding else { return tokens }
    let known = Set(tokens)
    func new(_ name: String) -> String { known.contains(name) ? new("<\(name)>") : name }
    return tokens + (tokens.count..<Int(padding)).map { new("<unused \($0)>") } + [new("<pad>")]
  }
}
