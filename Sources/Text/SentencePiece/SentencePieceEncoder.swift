import Files
import Tokens

/// Turns text into the tokens of a SentencePiece vocabulary.
public struct SentencePieceEncoder: SegmentationEncoder {
  private let tokens: SentencePieceTokens
  private let model: SentencePieceModel
  private var normalized = PieceNormalizer.Text()
  private var scratch = PieceSegmenter.Scratch()

  init(_ segmentation: SentencePieceSegmentation) {
    (tokens, model) = (segmentation.tokens, segmentation.model)
  }

  private var unknown: TokenID { tokens.vocabulary.specialTokens.unknown }

  /// The ids that SentencePiece gives, with `<unk>` for pieces that the list of tokens does not have.
  ///
  /// A list may have text as a token that the model takes for unknown, such as a letter that only the other side's model has.
  public mutating func encode(_ text: [UInt8]) -> EncodedSentence {
    model.normalizer.normalize(text.span, to: &normalized)
    return sentence(of: model.segmenter.segment(normalized.bytes, &scratch), text)
  }

  /// The ids of a randomly drawn segmentation.
  ///
  /// It is a path through a unigram model's lattice, see ``UnigramSampler``, or made with BPE-dropout, see
  /// ``PieceMerger``. Models of words and of characters have only one segmentation.
  public mutating func encode(
    _ text: [UInt8], dropout: Double, using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence {
    guard dropout > 0 else { return encode(text) }
    model.normalizer.normalize(text.span, to: &normalized)
    let pieces = model.segmenter.sample(normalized.bytes, dropout: dropout, using: &generator, &scratch)
    return sentence(of: pieces, text)
  }

  /// The pieces, separated by spaces; unknown text is written like a piece.
  public mutating func subwords(of text: [UInt8]) -> [UInt8] {
    model.normalizer.normalize(text.span, to: &normalized)
    var output: [UInt8] = []
    for piece in model.segmenter.segment(normalized.bytes, &scratch) {
      if !output.isEmpty { output.append(UInt8(ascii: " ")) }
      let id = id(of: piece)
      output += id == unknown ? normalized.bytes[piece.range] : tokens.vocabulary[id]
    }
    return output
  }

  /// The pieces with their normalized texts.
  mutating func marked(_ text: [UInt8]) -> [PieceWords.Marked] {
    model.normalizer.normalize(text.span, to: &normalized)
    return model.segmenter.segment(normalized.bytes, &scratch).map { piece in
      (id(of: piece), normalized.bytes[piece.range])
    }
  }

  /// The token of a piece of the normalized text.
  private func id(of piece: NormalizedPiece) -> TokenID {
    let id = tokens.ids[piece.id]
    guard id == unknown, tokens.areListed else { return id }
    return tokens.vocabulary.textID(normalized.bytes.span.extracting(piece.range)) ?? unknown
  }

  /// The tokens of pieces of the normalized text.
  private mutating func sentence(of pieces: [NormalizedPiece], _ text: [UInt8]) -> EncodedSentence {
    let unknown = unknown
    var sentence = EncodedSentence()
    sentence.ids.reserveCapacity(pieces.count)
    var hasUnknown = false
    for piece in pieces {
      let id = id(of: piece)
      sentence.ids.append(id)
      if id == unknown { hasUnknown = true }
    }
    guard hasUnknown else { return sentence }
    model.normalizer.normalize(text.span, to: &normalized, recordsOffsets: true)
    let isValid = isUTF8(text)
    for index in pieces.indices where sentence.ids[index] == unknown {
      let piece = pieces[index]
      // Invalid bytes are not copied into the translation.
      let original =
        isValid ? text[normalized.offsets[piece.start]..<normalized.offsets[piece.end]] : []
      sentence.unknowns.append(
        unknownText(
          normalized.bytes[piece.range], original,
          next: index + 1 < pieces.count ? normalized.bytes[pieces[index + 1].range] : nil))
    }
    return sentence
  }

  /// What an unknown piece stands for: the original text without the white space around it, with a space for the mark of
  /// a space at an end of the piece.
  private func unknownText(
    _ written: ArraySlice<UInt8>, _ original: ArraySlice<UInt8>, next: ArraySlice<UInt8>?
  ) -> UnknownText {
    let isSuffix = model.file.endsWordsWithSpaces
    let endsWord = isSuffix ? SpaceMark.ends(written) : next.map { SpaceMark.begins($0) } ?? true
    var bytes: [UInt8] = []
    bytes.reserveCapacity(original.count + 1)
    if !isSuffix, SpaceMark.begins(written) { bytes.append(UInt8(ascii: " ")) }
    let start = bytes.count
    bytes += WhiteSpace.trimmed(original)
    if bytes.count == start { bytes += WhiteSpace.trimmed(spaced(written)[...]) }
    if isSuffix, endsWord { bytes.append(UInt8(ascii: " ")) }
    return UnknownText(bytes: bytes, continuesWord: !endsWord && next != nil)
  }
}
