/// What a SentencePiece model file holds: pieces with scores, and how text is normalized.
///
/// Encoding is ours, and only learning is SentencePiece's: the library that systems have (0.1.97) trusts its files, so that
/// damaged ones make it read beyond its tables, and takes twice as long as ours.
///
/// Source: `sentencepiece_model.proto` of SentencePiece.
struct SentencePieceFile: Sendable {
  /// How text is split into pieces; the numbers are those of the file.
  enum Kind: Int, Sendable {
    case unigram = 1
    case bytePairs
    case words
    case characters
  }

  /// What a piece is; the numbers are those of the file.
  enum PieceKind: Int, Sendable {
    case normal = 1
    case unknown
    case control
    case userDefined
    case unused
    case byte
  }

  /// The names of the special tokens.
  struct Names: Sendable {
    var unknown = Array("<unk>".utf8)
    var beginning = Array("<s>".utf8)
    var end = Array("</s>".utf8)
    var padding = Array("<pad>".utf8)
  }

  /// The most bytes of a piece; trainers make pieces of at most 16 characters.
  static let longestPiece = 4096

  var kind = Kind.unigram
  /// Entry `i` is piece `i`.
  var pieces = ByteStringTable()
  /// Logarithms of probabilities in a unigram model; ranks, as negative numbers, in a byte pair model.
  var scores: [Float] = []
  var pieceKinds: [PieceKind] = []
  /// The id of the unknown piece.
  var unknown = 0
  var names = Names()
  /// How the unknown piece is written in text.
  var unknownText = Array(" \u{2047} ".utf8)
  /// Whether unknown characters are spelled with the pieces of their bytes.
  var spellsBytes = false
  /// Whether the mark of a space ends the word before it, instead of beginning the word after it.
  var endsWordsWithSpaces = false

  /// The rules of normalization.
  var characterMap = CharacterMap()
  /// Whether text gets a space before its first word (or after its last one).
  var addsSpace = true
  /// Whether repeated spaces and those at the ends are removed.
  var removesSpaces = true

  /// Whether a piece is found in text, if only to make others.
  func isText(_ id: Int) -> Bool {
    switch pieceKinds[id] {
    case .normal, .userDefined, .unused: true
    case .unknown, .control, .byte: false
    }
  }

  /// The piece with a name, if it is a control piece.
  func control(named name: [UInt8]) -> Int? {
    pieces.find(name.span).flatMap { pieceKinds[$0] == .control ? $0 : nil }
  }

  /// The byte that a piece such as `<0x0A>` stands for.
  static func byte(of piece: ArraySlice<UInt8>) -> UInt8? {
    guard piece.count == 6, piece.starts(with: "<0x".utf8), piece.last == UInt8(ascii: ">") else {
      return nil
    }
    let digits = piece.dropFirst(3).dropLast()
    guard digits.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x46).contains($0) }) else { return nil }
    return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}

/// The mark of a space in pieces: `▁`, U+2581.
enum SpaceMark {
  static let bytes: [UInt8] = [0xE2, 0x96, 0x81]

  static func begins(_ piece: ArraySlice<UInt8>) -> Bool {
    piece.count >= 3 && isMark(piece, piece.startIndex)
  }

  static func ends(_ piece: ArraySlice<UInt8>) -> Bool {
    piece.count >= 3 && isMark(piece, piece.endIndex - 3)
  }

  private static func isMark(_ piece: ArraySlice<UInt8>, _ place: Int) -> Bool {
    piece[place] == 0xE2 && piece[place + 1] == 0x96 && piece[place + 2] == 0x81
  }
}
