import Decoding
import Text
import Tokens

/// What is made of the hypotheses of a piece.
struct PieceOutput: Sendable {
  /// Whether their tokens are wanted.
  var reportsTokens = false
  /// Whether their words are wanted.
  var reportsWords = false
  /// Whether it is measured how long they take.
  var measuresTime = false
  /// Chooses from them; nil to keep all.
  var risk: RiskChoice?
}

/// A piece of a line that waits for its translation.
struct PendingPiece: Sendable {
  /// The line's index in its call or file, from 0.
  var line: Int
  /// The piece's index in the line.
  var index: Int
  var sentence: EncodedSentence
  /// What its translation must and must not contain.
  var guide = SentenceGuide()
  /// Its translations, if they are given, as tokens without an end.
  var given: [EncodedSentence] = []
  /// What is made of its translations.
  var output = PieceOutput()
  /// The protected spans in it; nil without any.
  var spans: PieceSpans?
  /// The terms that the model reads with their translations, which ``sentence`` has.
  var annotated = AnnotatedTerms()

  /// Source tokens, including `</s>`.
  var tokens: Int { sentence.ids.count + 1 }
}

extension [PendingPiece] {
  /// The pieces as the model reads them, each numbered by its position in its call or file, whatever batch it is in.
  ///
  /// - Parameters:
  ///   - end: the token that ends each piece; nil if the model reads sentences without.
  ///   - empty: the token of a piece without text, since a model reads at least one.
  /// - Returns: the pieces in order.
  func input(endingIn end: TokenID?, empty: TokenID) -> DecoderInput {
    DecoderInput(
      TokenBatch(map { $0.sentence.ids + ($0.sentence.ids.isEmpty ? [empty] : end.map { [$0] } ?? []) }),
      numbers: map { $0.line &* 65536 &+ $0.index }, guides: map(\.guide))
  }
}
