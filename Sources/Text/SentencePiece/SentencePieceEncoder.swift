import Files
import Tokens

/// Turns text into the tokens of a SentencePiece vocabulary.
public struct SentencePieceEncoder: SegmentationEncoder {
  private let tokens: SentencePieceTokens
  private let model: SentencePieceModel

  init(_ segmentation: SentencePieceSegmentation) {
    (tokens, model) = (segmentation.tokens, segmentation.model)
  }

  private var unknown: TokenID { tokens.vocabulary.specialTokens.unknown }

  /// The ids that SentencePiece gives, with `<unk>` for pieces that the list of tokens does not have.
  public mutating func encode(_ text: [UInt8]) -> EncodedSentence {
    guard let (pieces, unknowns) = model.encode(text) else { return wholeUnknown(text) }
    var sentence = EncodedSentence()
    sentence.ids.reserveCapacity(pieces.count)
    for index in pieces.indices {
      let id = tokens.ids[pieces[index].id]
      sentence.ids.append(id)
      guard id == unknown else { continue }
      let next = index + 1 < pieces.count ? normalized(pieces[index + 1], unknowns) : nil
      sentence.unknowns.append(
        unknownText(normalized(pieces[index], unknowns), surface: text[pieces[index].surface], next: next))
    }
    return sentence
  }

  /// The ids of a randomly drawn segmentation: of the paths through a unigram model's lattice (Kudo 2018), or by BPE-dropout
  /// (Provilkov et al. 2020); see ``SentencePieceSampler``. Models of words and of characters have only one.
  public mutating func encode(
    _ text: [UInt8], dropout: Double, using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence {
    guard dropout > 0 else { return encode(text) }
    guard let (pieces, unknowns) = model.encode(text) else { return wholeUnknown(text) }
    let drawn = model.makeSampler().sample(
      pieces.map { (id: $0.id, unknown: unknowns[$0.unknown]) }, dropout: dropout, using: &generator)
    var sentence = EncodedSentence()
    for index in drawn.indices {
      let id = tokens.ids[drawn[index].id]
      sentence.ids.append(id)
      guard id == unknown else { continue }
      let next = index + 1 < drawn.count ? drawn[index + 1].text : nil
      sentence.unknowns.append(unknownText(drawn[index].text[...], surface: [], next: next?[...]))
    }
    return sentence
  }

  /// The pieces, separated by spaces; unknown text is written like a piece.
  public mutating func subwords(of text: [UInt8]) -> [UInt8] {
    guard let (pieces, unknowns) = model.encode(text) else { return text }
    let written = pieces.map { piece in
      let id = tokens.ids[piece.id]
      return id == unknown ? normalized(piece, unknowns) : tokens.vocabulary[id]
    }
    return Array(written.joined(separator: [UInt8(ascii: " ")]))
  }

  /// The pieces with their normalized texts, bytes as characters.
  func marked(_ text: [UInt8]) -> [PieceWords.Marked] {
    guard let (pieces, unknowns) = model.encode(text) else { return [(unknown, text[...])] }
    return pieces.map { piece in
      let id = tokens.ids[piece.id]
      if id != unknown, case .byte(let byte) = tokens.spellings[Int(id)] { return (id, [byte]) }
      return (id, normalized(piece, unknowns))
    }
  }

  private func normalized(_ piece: SentencePieceModel.Piece, _ unknowns: [UInt8]) -> ArraySlice<UInt8> {
    piece.unknown.isEmpty ? model.file.pieces[piece.id] : unknowns[piece.unknown]
  }

  /// What an unknown piece stands for: the original text if there is one, without the white space around it, and a space
  /// for each mark of a space at an end of the piece.
  private func unknownText(
    _ piece: ArraySlice<UInt8>, surface: ArraySlice<UInt8>, next: ArraySlice<UInt8>?
  ) -> UnknownText {
    let isSuffix = model.file.endsWordsWithSpaces
    var text = WhiteSpace.trimmed(surface)
    if text.isEmpty || !isUTF8(Array(text)) { text = WhiteSpace.trimmed(spaced(piece)[...]) }
    let before = !isSuffix && SpaceMark.begins(piece) ? [UInt8(ascii: " ")] : []
    let after = isSuffix && SpaceMark.ends(piece) ? [UInt8(ascii: " ")] : []
    let continuesWord = next.map { isSuffix ? after.isEmpty : !SpaceMark.begins($0) } ?? false
    return UnknownText(bytes: before + text + after, continuesWord: continuesWord)
  }

  private func wholeUnknown(_ text: [UInt8]) -> EncodedSentence {
    EncodedSentence(ids: [unknown], unknowns: [UnknownText(bytes: text, continuesWord: false)])
  }
}
