internal import Files
internal import ModelFormats
internal import Text

extension VocabularyFiles {
  /// The text pipeline of these files; see ``VocabularyParts/pipeline(_:sizes:joint:)``.
  ///
  /// - Throws: ``ModelConversionError`` if they do not fit the model, `FileError` or `VocabularyError` for a damaged file.
  func pipeline(_ options: ImportOptions, sizes: (source: Int, target: Int), joint: Bool) throws
    -> TextPipeline
  {
    let source = try part(self.source)
    let target = self.target == self.source ? source : try part(self.target)
    return try VocabularyParts(source: source, target: target).pipeline(options, sizes: sizes, joint: joint)
  }

  private func part(_ side: Side) throws -> VocabularyPart {
    VocabularyPart(
      model: try side.model.map { try SentencePieceModel(path: $0) },
      codes: try side.codes.map { try BytePairCodes(path: $0) },
      list: try side.list.map { try tokens($0) },
      path: side.list ?? side.model ?? "")
  }

  /// The tokens of a list in the order of their ids.
  private func tokens(_ path: String) throws -> TokenList {
    try TokenList(NumberedTokens(path: path), path: path)
  }
}

extension TokenList {
  /// The tokens of a list in the order of their ids.
  ///
  /// - Throws: ``ModelConversionError`` for an id without a token, `VocabularyError` for tokens that no list can have.
  init(_ list: NumberedTokens, path: String) throws {
    guard list.holes.isEmpty else {
      throw ModelConversionError.unsupported(
        path: path, what: "a vocabulary without a token for id \(list.holes[0])",
        advice: "each id from 0 needs its token")
    }
    try self.init(tokens: list.tokens.compactMap { $0 }, path: path)
  }

  /// A list of tokens.
  ///
  /// - Throws: `VocabularyError` if two are equal, or one is empty or has a line end.
  init(tokens: [[UInt8]], path: String) throws {
    for (id, token) in tokens.enumerated() where token.contains(0x0a) || token.contains(0x0d) {
      throw ModelConversionError.unsupported(
        path: path, what: "a token with a line end (id \(id))", advice: "tokens are words or parts of words")
    }
    try self.init(contents: Array(tokens.joined(separator: [0x0a])) + [0x0a], path: path)
  }
}
