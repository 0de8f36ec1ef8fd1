/// Draws segmentations of text that a SentencePiece model has normalized.
///
/// The library can draw them too, but from generators that belong to threads and cannot be set to a state, so that
/// nothing could be repeated.
struct SentencePieceSampler: Sendable {
  /// A piece that was drawn.
  struct Piece {
    /// Its id in the model.
    var id: Int
    /// Its normalized text.
    var text: [UInt8]
  }

  private enum Method {
    case unigram(UnigramSampler)
    case bytePairs(PieceMerger)
    /// There is only one segmentation.
    case none
  }

  private let file: SentencePieceFile
  private let method: Method

  init(_ file: SentencePieceFile) {
    self.file = file
    switch file.kind {
    case .unigram: method = .unigram(UnigramSampler(file))
    case .bytePairs: method = .bytePairs(PieceMerger(file))
    case .words, .characters: method = .none
    }
  }

  /// Draws a segmentation of a line.
  ///
  /// User-defined pieces stay as they are; what is between them is segmented anew.
  ///
  /// - Parameters:
  ///   - pieces: the most likely segmentation; unknown pieces have their normalized texts.
  ///   - dropout: how random the segmentation is, above 0 and at most 1.
  ///   - generator: the source of randomness.
  /// - Returns: pieces of the same text.
  func sample(
    _ pieces: [(id: Int, unknown: ArraySlice<UInt8>)], dropout: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Piece] {
    var drawn: [Piece] = []
    var text: [UInt8] = []
    for piece in pieces {
      switch file.pieceKinds[piece.id] {
      case .userDefined:
        append(text, to: &drawn, dropout, &generator)
        text.removeAll()
        drawn.append(Piece(id: piece.id, text: Array(file.pieces[piece.id])))
      case .unknown: text += piece.unknown
      case .byte: text += SentencePieceFile.byte(of: file.pieces[piece.id]).map { [$0] } ?? []
      case .normal, .control, .unused: text += file.pieces[piece.id]
      }
    }
    append(text, to: &drawn, dropout, &generator)
    return drawn
  }

  private func append(
    _ text: [UInt8], to drawn: inout [Piece], _ dropout: Double, _ generator: inout some RandomNumberGenerator
  ) {
    guard !text.isEmpty else { return }
    let parts =
      switch method {
      case .unigram(let sampler): sampler.sample(text, dropout: dropout, using: &generator)
      case .bytePairs(let merger): merger.segment(text, dropout: dropout, using: &generator)
      case .none: [(id: file.pieces.find(text.span) ?? file.unknown, range: text.indices)]
      }
    for part in parts {
      let isUnknown = part.id == file.unknown
      if isUnknown, file.spellsBytes {
        for byte in text[part.range] { append(byte, to: &drawn) }
      } else if isUnknown, let last = drawn.last, last.id == file.unknown {
        // Like in the library, unknown pieces in a row are one.
        drawn[drawn.count - 1].text += text[part.range]
      } else {
        drawn.append(Piece(id: part.id, text: Array(text[part.range])))
      }
    }
  }

  private func append(_ byte: UInt8, to drawn: inout [Piece]) {
    let digits = String(byte, radix: 16, uppercase: true)
    let name = Array("<0x\(byte < 16 ? "0" : "")\(digits)>".utf8)
    drawn.append(Piece(id: file.pieces.find(name.span) ?? file.unknown, text: [byte]))
  }
}

/// The length of the character at a place of a text, which may be cut off at its end.
func characterLength(_ text: [UInt8], at position: Int) -> Int {
  let length =
    switch text[position] {
    case 0xC0...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xFF: 4
    default: 1
    }
  return min(length, text.count - position)
}
