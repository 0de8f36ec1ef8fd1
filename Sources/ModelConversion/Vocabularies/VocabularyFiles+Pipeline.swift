internal import Files
internal import ModelFormats
internal import Text

extension VocabularyFiles {
  /// The text pipeline of these files.
  ///
  /// - Parameters:
  ///   - options: the languages.
  ///   - sizes: how many tokens the model has on each side.
  ///   - joint: whether both sides must have the same tokens, since the model shares their embeddings.
  /// - Throws: ``ModelConversionError`` if they do not fit the model, `FileError` or `VocabularyError` for a damaged file.
  func pipeline(_ options: ImportOptions, sizes: (source: Int, target: Int), joint: Bool) throws -> TextPipeline {
    let source = try part(self.source)
    let target = self.target == self.source ? source : try part(self.target)
    var settings = TextPipelineSettings()
    settings.segmentation = SentencePieceSegmentation.name
    (settings.sourceLanguage, settings.targetLanguage) = (options.sourceLanguage, options.targetLanguage)
    settings.joint = joint && self.target == self.source || joint && sameTokens(source, target)
    settings.tags = tags(source)
    let folder = (paths.first ?? "").folderOfPath
    let pair = try SentencePieceSegmentation.pair(source: source, target: target, settings: settings, folder: folder)
    let pipeline = TextPipeline(settings: settings, source: pair.source, target: pair.target)
    for (side, size, file) in [
      (TextPipeline.Side.source, sizes.source, self.source), (.target, sizes.target, self.target),
    ] where pipeline.vocabularySize(side) != size {
      throw ModelConversionError.vocabularySize(
        path: file.list ?? file.model ?? folder, found: pipeline.vocabularySize(side), model: size,
        side: side.rawValue)
    }
    return pipeline
  }

  private func sameTokens(_ source: SentencePiecePart, _ target: SentencePiecePart) -> Bool {
    if let list = source.list, let other = target.list { return list.contents == other.contents }
    return source.list == nil && target.list == nil && source.model.contents == target.model.contents
  }

  private func part(_ side: Side) throws -> SentencePiecePart {
    guard let model = side.model else {
      throw ModelConversionError.missingFile(
        path: (side.list ?? "").folderOfPath,
        what: "the SentencePiece model of '\((side.list ?? "").nameOfPath)' (source.spm and target.spm)")
    }
    return (try SentencePieceModel(path: model), try side.list.map { try tokens($0) })
  }

  /// The tokens of a list in the order of their ids.
  private func tokens(_ path: String) throws -> Text.TokenList {
    let list = try ModelFormats.TokenList(path: path)
    guard list.holes.isEmpty else {
      throw ModelConversionError.unsupported(
        path: path, what: "a vocabulary without a token for id \(list.holes[0])",
        advice: "each id from 0 needs its token")
    }
    let contents = Array(list.tokens.compactMap { $0 }.joined(separator: [0x0a])) + [0x0a]
    return try Text.TokenList(contents: contents, path: path)
  }

  /// Tokens such as `>>deu<<` in a list: what multilingual models of OPUS-MT expect before a source sentence.
  private func tags(_ part: SentencePiecePart) -> [String] {
    guard let list = part.list else { return [] }
    return String(decoding: list.contents, as: UTF8.self).split(separator: "\n")
      .filter { $0.hasPrefix(">>") && $0.hasSuffix("<<") && $0.utf8.count > 4 }.map(String.init)
  }
}
