import Tokens

/// The tokens of a side: which id each piece of its SentencePiece model has, and how each token is written in text.
final class SentencePieceTokens: Sendable {
  /// How a token is written in text.
  enum Spelling: Sendable, Equatable {
    /// By its name, in which `▁` is a space.
    case text
    case byte(UInt8)
    /// Not at all, as control tokens.
    case silent
  }

  let vocabulary: Vocabulary
  /// The token of each piece of the model: `<unk>` if it is not in the list, and if it must not come from text.
  let ids: [TokenID]
  let spellings: [Spelling]
  /// Whether the tokens are those of a list.
  let areListed: Bool
  let words: PieceWords

  /// The tokens of a model.
  ///
  /// - Parameters:
  ///   - model: splits text into pieces.
  ///   - list: the tokens with their ids; nil if they are the model's pieces.
  ///   - tags: the tags, which are tokens.
  ///   - marks: span tokens and marks of terms.
  ///   - path: the file with the tokens, for messages.
  /// - Throws: ``VocabularyError`` if there is no end token, no unknown token or not every tag.
  init(
    _ model: SentencePieceModel, _ list: TokenList?, tags: [String], marks: MarkTokens, path: String
  ) throws(VocabularyError) {
    let file = model.file
    areListed = list != nil
    let table = list?.tokens ?? file.pieces
    vocabulary = try Vocabulary(
      checking: table,
      specialTokens: list == nil
        ? Self.specialTokens(of: file, path) : Self.specialTokens(of: table, file.names, path),
      others: Self.controls(of: file, in: table), tags: tags, marks: marks, path: path)
    let vocabulary = vocabulary
    ids = file.scores.indices.map { piece in
      let id = list == nil ? piece : table.find(file.pieces[piece].span)
      guard let id, piece != file.unknown, file.pieceKinds[piece] != .control, vocabulary.isText(TokenID(id))
      else { return vocabulary.specialTokens.unknown }
      return TokenID(id)
    }
    spellings = (0..<table.count).map { id in
      let piece = list == nil ? id : file.pieces.find(table[id].span)
      switch piece.map({ file.pieceKinds[$0] }) {
      case .byte: return SentencePieceFile.byte(of: table[id]).map { .byte($0) } ?? .silent
      case .control: return .silent
      default: return vocabulary.specialTokens.contains(TokenID(id)) ? .silent : .text
      }
    }
    words = PieceWords(vocabulary, endsWithSpaces: file.endsWordsWithSpaces)
  }

  /// The ids in a model, whose control pieces they are.
  private static func specialTokens(of file: SentencePieceFile, _ path: String) throws(VocabularyError)
    -> SpecialTokens
  {
    func id(_ name: [UInt8]) -> TokenID {
      file.control(named: name).map { TokenID($0) } ?? SpecialTokens.absent
    }
    let end = id(file.names.end)
    guard end != SpecialTokens.absent else {
      let name = String(decoding: file.names.end, as: UTF8.self)
      throw .malformedModel(
        path: path, reason: "it has no control piece '\(name)', with which sentences end (option eos_id)")
    }
    return SpecialTokens(
      padding: id(file.names.padding), beginning: id(file.names.beginning), end: end,
      unknown: TokenID(file.unknown))
  }

  /// The ids in a list, found by the names that the model gives them, or by the usual ones.
  private static func specialTokens(
    of table: ByteStringTable, _ names: SentencePieceFile.Names, _ path: String
  ) throws(VocabularyError) -> SpecialTokens {
    func id(_ name: [UInt8], _ usual: [UInt8]) -> TokenID? {
      (table.find(name.span) ?? table.find(usual.span)).map { TokenID($0) }
    }
    let usual = SentencePieceFile.Names()
    func required(_ name: [UInt8], _ usual: [UInt8]) throws(VocabularyError) -> TokenID {
      if let id = id(name, usual) { return id }
      throw .missingToken(String(decoding: name, as: UTF8.self), path: path)
    }
    return SpecialTokens(
      padding: id(names.padding, usual.padding) ?? SpecialTokens.absent,
      beginning: id(names.beginning, usual.beginning) ?? SpecialTokens.absent,
      end: try required(names.end, usual.end), unknown: try required(names.unknown, usual.unknown))
  }

  /// The ids of the model's control pieces.
  private static func controls(of file: SentencePieceFile, in table: ByteStringTable) -> [TokenID] {
    file.pieceKinds.indices.filter { file.pieceKinds[$0] == .control }
      .compactMap { table.find(file.pieces[$0].span).map { TokenID($0) } }
  }
}
