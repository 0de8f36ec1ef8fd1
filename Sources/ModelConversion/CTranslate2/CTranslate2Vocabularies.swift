internal import Files
internal import ModelFormats
internal import Text
internal import Tokens

/// The vocabularies of a CTranslate2 model, with the ids that a text pipeline needs.
struct CTranslate2Vocabularies {
  private(set) var source, target: [[UInt8]]
  /// For each token of the source its row in the file; nil if ids are those of the file.
  private(set) var sourceRows: [Int]?
  private let folder: String

  /// Reads the vocabularies of a folder.
  ///
  /// CTranslate2 appends an unknown token where there is none. Both sides need the same ids for their end and unknown
  /// tokens here: those of the source change places with others if they differ.
  ///
  /// - Throws: ``ModelConversionError`` for a vocabulary that cannot be, `FileError` for a damaged file.
  init(folder: String, _ settings: CTranslate2Settings) throws {
    func tokens(_ name: String) throws -> [[UInt8]]? {
      let paths = ["json", "txt"].map { "\(folder)/\(name)_vocabulary.\($0)" }
      guard let path = paths.first(where: fileExists) else { return nil }
      let list = try NumberedTokens(path: path)
      return Self.completed(list.tokens.map { $0 ?? [] }, settings)
    }
    self.folder = folder
    if let shared = try tokens("shared") {
      (source, target) = (shared, shared)
    } else {
      guard let source = try tokens("source"), let target = try tokens("target") else {
        throw ModelConversionError.missingFile(
          path: folder, what: "shared_vocabulary.json, or source_vocabulary.json and target_vocabulary.json,")
      }
      (self.source, self.target) = (source, target)
    }
    try alignSpecialTokens()
  }

  /// The tokens with an unknown token, and with the usual names of special tokens.
  private static func completed(_ tokens: [[UInt8]], _ settings: CTranslate2Settings) -> [[UInt8]] {
    var tokens = tokens
    if !tokens.contains(Array(settings.unknown.utf8)) { tokens.append(Array(settings.unknown.utf8)) }
    for (name, usual) in [
      (settings.unknown, "<unk>"), (settings.beginning, "<s>"), (settings.end, "</s>"),
    ] where name != usual && !tokens.contains(Array(usual.utf8)) {
      if let id = tokens.firstIndex(of: Array(name.utf8)) { tokens[id] = Array(usual.utf8) }
    }
    return tokens
  }

  private mutating func alignSpecialTokens() throws {
    var rows = Array(source.indices)
    for name in ["</s>", "<unk>"] {
      let token = Array(name.utf8)
      guard let id = source.firstIndex(of: token), let wanted = target.firstIndex(of: token) else {
        throw VocabularyError.missingToken(name, path: folder)
      }
      guard wanted < source.count else {
        throw ModelConversionError.unsupported(
          path: folder,
          what: "a source vocabulary of \(source.count) tokens with a target's '\(name)' of id \(wanted)",
          advice: "the larger vocabulary must be the source's")
      }
      source.swapAt(id, wanted)
      rows.swapAt(id, wanted)
    }
    if rows != Array(source.indices) { sourceRows = rows }
  }

  /// The SentencePiece models of both sides, if they are beside the vocabularies; one can be for both.
  ///
  /// - Throws: `FileError` if the folder cannot be read.
  func models() throws -> [String] {
    let names = try fileNames(in: folder).filter { $0.hasSuffix(".spm") || $0.hasSuffix(".model") }
    func model(_ side: String) -> String? {
      let wanted = ["\(side).spm", "\(side)_spm.model", "\(side).model", "sentencepiece.model"]
      return wanted.first(where: names.contains) ?? (names.count == 1 ? names[0] : nil)
    }
    if let source = model("source"), let target = model("target") {
      return (source == target ? [source] : [source, target]).map { "\(folder)/\($0)" }
    }
    // In packages of Argos Translate, it is a folder above.
    let above = "\(folder)/../sentencepiece.model"
    return fileExists(above) ? [above] : []
  }

  /// Text is split by SentencePiece models; without, it is split already.
  ///
  /// - Parameters:
  ///   - models: of source and target, or one for both; none.
  ///   - endsSource: whether source sentences end in the end token.
  /// - Returns: what splits and numbers text.
  /// - Throws: `VocabularyError` for a damaged file.
  func parts(_ models: [String], endsSource: Bool) throws -> VocabularyParts {
    func part(_ side: String, _ tokens: [[UInt8]], _ model: String?) throws -> VocabularyPart {
      let list = "\(folder)/\(side)_vocabulary"
      return VocabularyPart(
        model: try model.map { try SentencePieceModel(path: $0) },
        list: try TokenList(tokens: tokens, path: list), path: list)
    }
    return VocabularyParts(
      source: try part("source", source, models.first), target: try part("target", target, models.last),
      endsSource: endsSource)
  }

  /// The id of a token of the target; nil if it is not there.
  func targetID(of name: String) -> TokenID? { target.firstIndex(of: Array(name.utf8)).map { TokenID($0) } }
}
