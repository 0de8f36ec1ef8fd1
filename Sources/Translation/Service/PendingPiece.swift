import Decoding
import Text
import Tokens

/// A part of a line that waits for its translation.
struct PendingPiece: Sendable {
  /// The line's place in the text of its call, counted from 0.
  var line: Int
  /// The piece's place in the line.
  var index: Int
  var sentence: EncodedSentence

  /// Source tokens, `</s>` included.
  var tokens: Int { sentence.ids.count + 1 }
}

extension [PendingPiece] {
  /// The pieces as the model reads them, each with a number that says where it stands in the text of its call, whatever
  /// batch it is in.
  ///
  /// - Parameter end: the token that ends each of them.
  /// - Returns: the pieces in order.
  func input(endingIn end: TokenID) -> DecoderInput {
    DecoderInput(
      TokenBatch(map { $0.sentence.ids + [end] }), numbers: map { $0.line &* 65536 &+ $0.index })
  }
}
