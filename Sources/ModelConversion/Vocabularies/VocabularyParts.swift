internal import Files
internal import ModelFormats
internal import Text
internal import Tokens

/// What splits and numbers the text of one side of a foreign model.
struct VocabularyPart {
  /// Splits text into pieces; nil if text is split already.
  var model: SentencePieceModel?
  /// Splits the words of tokenized text instead of a model; nil if it does not.
  var codes: BytePairCodes?
  /// The tokens with their ids; nil if they are the model's.
  var list: TokenList?
  /// The file with the tokens, for messages.
  var path: String

  /// Tokens such as `>>deu<<` in a list: what multilingual models of OPUS-MT expect before a source sentence.
  fileprivate var tags: [String] {
    guard let list else { return [] }
    return String(decoding: list.contents, as: UTF8.self).split(separator: "\n")
      .filter { $0.hasPrefix(">>") && $0.hasSuffix("<<") && $0.utf8.count > 4 }.map(String.init)
  }

  fileprivate func hasTokens(of other: VocabularyPart) -> Bool {
    if let list, let second = other.list { return list.contents == second.contents }
    return list == nil && other.list == nil && model?.contents == other.model?.contents
  }
}

/// What splits and numbers the text of both sides.
struct VocabularyParts {
  var source, target: VocabularyPart
  /// Whether source sentences end in the end token.
  var endsSource = true

  /// The text pipeline.
  ///
  /// - Parameters:
  ///   - options: the languages.
  ///   - sizes: how many tokens the model has on each side.
  ///   - joint: whether the model shares the embeddings of both sides.
  /// - Returns: the pipeline, with as many tokens as the model, or some fewer; see ``VocabularyRows``.
  /// - Throws: ``ModelConversionError`` if the parts do not fit the model, `VocabularyError` if they are no vocabulary.
  func pipeline(_ options: ImportOptions, sizes: (source: Int, target: Int), joint: Bool) throws
    -> TextPipeline
  {
    var settings = TextPipelineSettings()
    (settings.sourceLanguage, settings.targetLanguage) = (options.sourceLanguage, options.targetLanguage)
    settings.joint = joint && source.hasTokens(of: target)
    settings.tags = source.tags
    (settings.endsSource, settings.preprocessing) = (endsSource, options.preprocessing)
    let folder = source.path.folderOfPath
    let pipeline: TextPipeline
    if let first = source.model, let second = target.model {
      settings.segmentation = SentencePieceSegmentation.name
      var pair = try SentencePieceSegmentation.pair(
        source: (first, source.list), target: (second, target.list), settings: settings, folder: folder)
      settings.marks = Self.marks(pair.source.vocabulary, pair.target.vocabulary)
      if !settings.marks.isEmpty {
        pair = try SentencePieceSegmentation.pair(
          source: (first, source.list), target: (second, target.list), settings: settings, folder: folder)
      }
      try requireEqualIDs(pair.source, pair.target)
      pipeline = TextPipeline(settings: settings, source: pair.source, target: pair.target)
    } else if let first = source.codes, let second = target.codes, let list = source.list,
      let targetList = target.list
    {
      settings.segmentation = ListedBytePairs.name
      let pair = try ListedBytePairs.pair(
        source: (first, list), target: (second, targetList), settings: settings, folder: folder)
      try requireEqualIDs(pair.source, pair.target)
      pipeline = TextPipeline(settings: settings, source: pair.source, target: pair.target)
    } else if source.model == nil, target.model == nil, let first = source.list, let second = target.list {
      settings.segmentation = ListedTokens.name
      let pair = try ListedTokens.pair(source: first, target: second, settings: settings, folder: folder)
      try requireEqualIDs(pair.source, pair.target)
      pipeline = TextPipeline(settings: settings, source: pair.source, target: pair.target)
    } else {
      let missing = source.model == nil ? source : target
      throw ModelConversionError.missingFile(
        path: folder,
        what: "the SentencePiece model of '\(missing.path.nameOfPath)' (source.spm and target.spm)")
    }
    for (side, size, path) in [
      (TextPipeline.Side.source, sizes.source, source.path), (.target, sizes.target, target.path),
    ] where !VocabularyRows.mayBePadded(pipeline.vocabularySize(side), to: size) {
      throw ModelConversionError.vocabularySize(
        path: path, found: pipeline.vocabularySize(side), model: size, side: side.rawValue)
    }
    return pipeline
  }

  /// The marks of a model that was trained here: control pieces of both sides with their names.
  private static func marks(_ source: Vocabulary, _ target: Vocabulary) -> MarkTokens {
    func isMark(_ name: String) -> Bool {
      [source, target].allSatisfy { vocabulary in
        vocabulary.id(of: Subword(name)).map { !vocabulary.isText($0) && !vocabulary.isTag($0) } ?? false
      }
    }
    return MarkTokens(
      spans: SpanTokens.names(SpanTokens.most).prefix(while: isMark).count,
      terms: TermMarks.names.allSatisfy(isMark))
  }

  private func requireEqualIDs(_ first: some Segmentation, _ second: some Segmentation)
    throws(ModelConversionError)
  {
    let (ids, others) = (first.vocabulary.specialTokens, second.vocabulary.specialTokens)
    guard ids.end == others.end, ids.unknown == others.unknown else {
      throw .unsupported(
        path: target.path,
        what:
          "a vocabulary whose end and unknown tokens (\(others.end), \(others.unknown)) differ from those of "
          + "'\(source.path.nameOfPath)' (\(ids.end), \(ids.unknown))",
        advice: "both sides need the same ids")
    }
  }
}
