package import Text
package import Tokens

/// Cuts a line that is too long for the model where it hurts least, so that nothing of it is lost.
///
/// A line is halved, and each half again, until every piece is short enough. A cut is made at the end of a
/// sentence if there is one in the middle half, else behind other punctuation, else between words, else
/// between characters.
package struct LineCutter {
  /// Source tokens that a piece may have.
  let limit: Int

  private let unknown: TokenID

  /// A cutter for pieces of at most `limit` tokens.
  ///
  /// - Parameters:
  ///   - limit: tokens of a piece.
  ///   - unknown: the id of what the vocabulary cannot spell.
  package init(limit: Int, unknown: TokenID) { (self.limit, self.unknown) = (limit, unknown) }

  /// A part of a line, and what stood between it and the next.
  package struct Piece: Sendable, Equatable {
    package var sentence: EncodedSentence
    package var gap: Gap
  }

  /// What stands between two pieces.
  package enum Gap: Sendable, Equatable {
    /// White space, or the end of the line.
    case space
    /// Nothing, but there is a punctuation mark of a script that is written without spaces.
    case punctuation
    /// Nothing: the cut goes through a word.
    case none
  }

  /// Cuts a line.
  ///
  /// - Parameters:
  ///   - line: valid UTF-8.
  ///   - encode: from text to token ids.
  /// - Returns: one piece if the line is short enough, none if it has no tokens.
  package func pieces(of line: [UInt8], encode: ([UInt8]) -> EncodedSentence) -> [Piece] {
    var pieces: [Piece] = []
    add(line, gap: .space, to: &pieces, encode: encode)
    return pieces
  }

  private func add(
    _ text: [UInt8], gap: Gap, to pieces: inout [Piece], encode: ([UInt8]) -> EncodedSentence
  ) {
    // No tokens are that long: a huge line is cut before it costs the time and memory to encode it.
    if text.count <= limit * 64 {
      let sentence = encode(text)
      if sentence.ids.count <= limit {
        if !sentence.ids.isEmpty { pieces.append(Piece(sentence: sentence, gap: gap)) }
        return
      }
    }
    guard let cut = CutPoint.best(in: text) else {
      return addTokens(of: encode(text), gap: gap, to: &pieces)
    }
    add(Array(text[..<cut.end]), gap: cut.gap, to: &pieces, encode: encode)
    add(Array(text[cut.next...]), gap: gap, to: &pieces, encode: encode)
  }

  /// The last resort, for one character with more marks on it than the model can read: its tokens are cut.
  private func addTokens(of sentence: EncodedSentence, gap: Gap, to pieces: inout [Piece]) {
    var (ids, unknowns) = (sentence.ids[...], sentence.unknowns[...])
    while !ids.isEmpty {
      let part = Array(ids.prefix(limit))
      ids = ids.dropFirst(limit)
      let count = part.count { $0 == unknown }
      pieces.append(
        Piece(
          sentence: EncodedSentence(ids: part, unknowns: Array(unknowns.prefix(count))),
          gap: ids.isEmpty ? gap : .none))
      unknowns = unknowns.dropFirst(count)
    }
  }
}
