/// A piece of a normalized text.
struct NormalizedPiece: Sendable, Equatable {
  /// Its id in the model.
  var id: Int
  /// The bytes of the normalized text.
  var start: Int
  var end: Int

  var range: Range<Int> { start..<end }
}

/// Splits normalized text into the pieces of a SentencePiece model, or into randomly drawn ones.
struct PieceSegmenter: Sendable {
  private enum Method {
    case unigram(UnigramSegmenter)
    case bytePairs(PieceMerger)
    case words
    case characters
  }

  private let file: SentencePieceFile
  private let userDefined: PieceTrie
  private let method: Method
  /// The pieces of the 256 bytes; empty if characters are not spelled with them.
  private let byteIDs: [Int]

  init(_ file: SentencePieceFile, userDefined: PieceTrie) {
    (self.file, self.userDefined) = (file, userDefined)
    switch file.kind {
    case .unigram: method = .unigram(UnigramSegmenter(file))
    case .bytePairs: method = .bytePairs(PieceMerger(file, userDefined: userDefined))
    case .words: method = .words
    case .characters: method = .characters
    }
    var byteIDs = [Int](repeating: file.unknown, count: file.spellsBytes ? 256 : 0)
    for id in file.pieceKinds.indices where file.pieceKinds[id] == .byte {
      if let byte = SentencePieceFile.byte(of: file.pieces[id]) { byteIDs[Int(byte)] = id }
    }
    self.byteIDs = byteIDs
  }

  /// Memory that is used again for the next line.
  struct Scratch: Sendable {
    fileprivate var paths: [UnigramSegmenter.Best] = []
    fileprivate var pieces: [NormalizedPiece] = []
    fileprivate var merging = PieceMerger.Scratch()
  }

  /// The pieces that SentencePiece gives; unknown pieces in a row are one.
  func segment(_ text: [UInt8], _ scratch: inout Scratch) -> [NormalizedPiece] {
    guard !text.isEmpty else { return [] }
    scratch.pieces.removeAll(keepingCapacity: true)
    switch method {
    case .unigram(let segmenter): segmenter.segment(text.span, &scratch.paths, to: &scratch.pieces)
    case .bytePairs(let merger): merger.segment(text, &scratch.merging, to: &scratch.pieces)
    case .words: splitAtSpaces(text, to: &scratch.pieces)
    case .characters: split(text, to: &scratch.pieces)
    }
    return finished(scratch.pieces, text)
  }

  /// Pieces that are drawn at random; models of words and of characters have only one segmentation.
  func sample(
    _ text: [UInt8], dropout: Double, using generator: inout some RandomNumberGenerator,
    _ scratch: inout Scratch
  ) -> [NormalizedPiece] {
    guard !text.isEmpty else { return [] }
    switch method {
    case .words, .characters: return segment(text, &scratch)
    case .bytePairs(let merger):
      scratch.pieces.removeAll(keepingCapacity: true)
      merger.segment(
        text, dropout: dropout, using: &generator, &scratch.merging, to: &scratch.pieces)
    case .unigram(let segmenter):
      // User-defined pieces stay; what is between them is drawn.
      let sampler = UnigramSampler(segmenter, unknown: file.unknown)
      let likely = segment(text, &scratch)
      scratch.pieces.removeAll(keepingCapacity: true)
      var start = 0
      for piece in likely where file.pieceKinds[piece.id] == .userDefined {
        sampler.sample(text, start..<piece.start, dropout: dropout, using: &generator, to: &scratch.pieces)
        scratch.pieces.append(piece)
        start = piece.end
      }
      sampler.sample(text, start..<text.count, dropout: dropout, using: &generator, to: &scratch.pieces)
    }
    return finished(scratch.pieces, text)
  }

  /// Spells unknown pieces with bytes, or joins those in a row.
  private func finished(_ pieces: [NormalizedPiece], _ text: [UInt8]) -> [NormalizedPiece] {
    guard pieces.contains(where: { $0.id == file.unknown }) else { return pieces }
    var finished: [NormalizedPiece] = []
    for piece in pieces {
      if piece.id != file.unknown {
        finished.append(piece)
      } else if !byteIDs.isEmpty {
        for index in piece.range {
          finished.append(NormalizedPiece(id: byteIDs[Int(text[index])], start: index, end: index + 1))
        }
      } else if let last = finished.last, last.id == file.unknown {
        finished[finished.count - 1].end = piece.end
      } else {
        finished.append(piece)
      }
    }
    return finished
  }

  /// Splits text into characters and user-defined pieces.
  private func split(_ text: [UInt8], to pieces: inout [NormalizedPiece]) {
    let span = text.span
    var start = 0
    while start < span.count {
      let end =
        userDefined.longest(in: span, from: start)?.end ?? start + characterLength(span, at: start)
      pieces.append(NormalizedPiece(id: id(of: span, start..<end), start: start, end: end))
      start = end
    }
  }

  /// Splits text before each mark of a space.
  private func splitAtSpaces(_ text: [UInt8], to pieces: inout [NormalizedPiece]) {
    let span = text.span
    var (start, position) = (0, 0)
    while position < span.count {
      position += characterLength(span, at: position)
      guard position == span.count || SpaceMark.begins(text[position...]) else { continue }
      pieces.append(NormalizedPiece(id: id(of: span, start..<position), start: start, end: position))
      start = position
    }
  }

  private func id(of text: borrowing Span<UInt8>, _ range: Range<Int>) -> Int {
    guard let id = file.pieces.find(text.extracting(range)), file.isText(id) else { return file.unknown }
    return id
  }
}
