import Text
import Translation

/// A plain text as sentences, each with what follows it: white space, or the end of its line.
struct SentencePieces {
  /// A sentence, and what comes behind it.
  struct Piece: Equatable {
    var text: String
    var space: String
  }

  /// All of the text, in order.
  let pieces: [Piece]

  /// - Parameters:
  ///   - text: any text.
  ///   - language: its language, by whose rules sentences end.
  init(_ text: String, language: Language) {
    let splitter = SentenceSplitter(language: language.code)
    var pieces: [Piece] = []
    let (lines, ends) = linesWithEnds(of: text)
    for (line, end) in zip(lines, ends) {
      let bytes = Array(line.utf8)
      let sentences = splitter.sentences(of: bytes)
      // A line without words is only space.
      var start = sentences.first?.lowerBound ?? bytes.count
      if start > 0 || sentences.isEmpty {
        pieces.append(Piece(text: "", space: String(decoding: bytes[..<start], as: UTF8.self)))
      }
      for (index, sentence) in sentences.enumerated() {
        start = index + 1 < sentences.count ? sentences[index + 1].lowerBound : bytes.count
        pieces.append(
          Piece(
            text: String(decoding: bytes[sentence], as: UTF8.self),
            space: String(decoding: bytes[sentence.upperBound..<start], as: UTF8.self)))
      }
      if !end.isEmpty { pieces[pieces.count - 1].space += end }
    }
    self.pieces = pieces
  }
}
