package import Decoding
package import Terminology
package import Text
package import Tokens

/// Cuts a line that is too long for the model into pieces, at the best places, without losing any text.
///
/// A line is cut in two, and each part again, until every piece is short enough. A cut is made at the end of a sentence
/// if there is one in the middle half, otherwise after other punctuation, otherwise between words, otherwise between
/// characters.
package struct LineCutter {
  /// Maximum number of source tokens in a piece.
  let limit: Int

  private let unknown: TokenID

  /// A cutter for pieces of at most `limit` tokens.
  ///
  /// - Parameters:
  ///   - limit: maximum number of tokens in a piece.
  ///   - unknown: the id of `<unk>`.
  package init(limit: Int, unknown: TokenID) { (self.limit, self.unknown) = (limit, unknown) }

  /// A piece of a line, and what separates it from the next.
  package struct Piece: Sendable, Equatable {
    package var sentence: EncodedSentence
    package var gap: Gap
    /// Tabs and no-break spaces to put back.
    package var spacing: InnerSpacing?
    /// What its translation must and must not contain.
    package var guide = SentenceGuide()
    /// Its translations, if they are given, as tokens without an end.
    package var given: [EncodedSentence] = []
    /// Its text; empty for a piece of a single character with many marks.
    package var text: [UInt8] = []
    /// The terms in it, in order.
    package var terms: [Glossary.Term] = []
    /// Those that the model reads with their translations.
    var annotated = AnnotatedTerms()
    /// The protected spans in it; nil without any.
    var spans: PieceSpans?

    /// Two pieces are equal if they are encoded equally.
    package static func == (left: Piece, right: Piece) -> Bool {
      left.sentence == right.sentence && left.gap == right.gap && left.spacing == right.spacing
        && left.guide == right.guide && left.text == right.text && left.terms == right.terms
    }
  }

  /// What separates two pieces.
  package enum Gap: Sendable, Equatable {
    /// A space, or the end of the line.
    case space
    /// Other white space, which the translation gets back.
    case exactly([UInt8])
    /// Nothing: the cut follows a punctuation mark of a script that is written without spaces.
    case punctuation
    /// Nothing: the cut is within a word.
    case none

    /// The gap between two sentences.
    init(_ text: ArraySlice<UInt8>) {
      self = text.isEmpty ? .punctuation : text.elementsEqual([0x20]) ? .space : .exactly(Array(text))
    }
  }

  /// Cuts a line.
  ///
  /// - Parameters:
  ///   - line: valid UTF-8.
  ///   - encode: turns text into token ids.
  /// - Returns: a single piece if the line is short enough, none if it has no tokens.
  package func pieces(of line: [UInt8], encode: ([UInt8]) -> EncodedSentence) -> [Piece] {
    var pieces: [Piece] = []
    add(line, gap: .space, to: &pieces, encode: encode)
    return pieces
  }

  private func add(
    _ text: [UInt8], gap: Gap, to pieces: inout [Piece], encode: ([UInt8]) -> EncodedSentence
  ) {
    // No tokens are that long. A huge line is cut without being encoded first, to save time and memory.
    if text.count <= limit * 64 {
      let sentence = encode(text)
      if sentence.ids.count <= limit {
        if !sentence.ids.isEmpty {
          pieces.append(Piece(sentence: sentence, gap: gap, spacing: InnerSpacing(text), text: text))
        }
        return
      }
    }
    guard let cut = CutPoint.best(in: text) else {
      return addTokens(of: encode(text), gap: gap, to: &pieces)
    }
    let space = text[cut.end..<cut.next]
    add(Array(text[..<cut.end]), gap: space.isEmpty ? cut.gap : Gap(space), to: &pieces, encode: encode)
    add(Array(text[cut.next...]), gap: gap, to: &pieces, encode: encode)
  }

  /// The last resort, for a single character with more combining marks than the model can read: cuts its tokens.
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

extension LineCutter.Piece {
  /// Whether there is nothing to translate, only protected spans and punctuation.
  var isItsTranslation: Bool { spans.map { !$0.hasWords } ?? false }
}
