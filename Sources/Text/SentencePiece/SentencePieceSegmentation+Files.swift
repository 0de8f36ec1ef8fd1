import Files

/// The model of a side and, if its ids are not the model's, the list of its tokens.
public typealias SentencePiecePart = (model: SentencePieceModel, list: TokenList?)

extension SentencePieceSegmentation {
  /// The names of a file that the sides share or not.
  struct Names {
    let shared, source, target: String

    var all: [String] { [shared, source, target] }

    func ofSide(_ side: TextPipeline.Side) -> String { side == .source ? source : target }
  }

  static let modelNames = Names(
    shared: "sentencepiece.model", source: "sentencepiece.source.model", target: "sentencepiece.target.model")
  static let listNames = Names(shared: "vocab.txt", source: "vocab.source.txt", target: "vocab.target.txt")

  /// The names of all its files.
  public static var fileNames: [String] { modelNames.all + listNames.all }

  /// Reads the models and lists; a file that the sides share takes precedence.
  public static func read(folder: String, settings: TextPipelineSettings) throws(VocabularyError)
    -> (source: Self, target: Self)
  {
    func isThere(_ name: String) -> Bool { fileExists("\(folder)/\(name)") }
    let sharesModel = isThere(modelNames.shared) || !isThere(modelNames.source) && !isThere(modelNames.target)
    let sharesList = isThere(listNames.shared)
    func list(_ name: String) throws(VocabularyError) -> TokenList? {
      isThere(name) ? try TokenList(path: "\(folder)/\(name)") : nil
    }
    func model(_ name: String) throws(VocabularyError) -> SentencePieceModel {
      try SentencePieceModel(path: "\(folder)/\(name)")
    }
    let source: SentencePiecePart = (
      try model(sharesModel ? modelNames.shared : modelNames.source),
      try list(sharesList ? listNames.shared : listNames.source)
    )
    let target: SentencePiecePart = (
      sharesModel ? source.model : try model(modelNames.target),
      sharesList ? source.list : try list(listNames.target)
    )
    return try pair(source: source, target: target, settings: settings, folder: folder)
  }

  /// The segmentations of both sides.
  ///
  /// - Parameters:
  ///   - source: model and list of the source.
  ///   - target: those of the target; files that equal the source's are shared.
  ///   - settings: the languages, tags, span tokens, and whether the vocabulary is joint.
  ///   - folder: where the files are, for messages.
  /// - Returns: segmentations for a `TextPipeline` with these settings.
  /// - Throws: ``VocabularyError`` if special tokens or tags are missing, or a joint vocabulary has different tokens.
  public static func pair(
    source: SentencePiecePart, target: SentencePiecePart, settings: TextPipelineSettings, folder: String
  ) throws(VocabularyError) -> (source: Self, target: Self) {
    let sharesModel = source.model === target.model || source.model.contents == target.model.contents
    let sharesList = source.list?.contents == target.list?.contents
    func names(_ names: Names, _ side: TextPipeline.Side, isShared: Bool) -> String {
      isShared ? names.shared : names.ofSide(side)
    }
    func files(_ part: SentencePiecePart, _ side: TextPipeline.Side) -> [(name: String, contents: [UInt8])] {
      // Files that both sides share belong to the source.
      let model = side == .source || !sharesModel ? part.model : nil
      let list = side == .source || !sharesList ? part.list : nil
      return (model.map { [(names(modelNames, side, isShared: sharesModel), $0.contents)] } ?? [])
        + (list.map { [(names(listNames, side, isShared: sharesList), $0.contents)] } ?? [])
    }
    func tokens(_ part: SentencePiecePart, _ side: TextPipeline.Side) throws(VocabularyError)
      -> SentencePieceTokens
    {
      let name =
        part.list == nil
        ? names(modelNames, side, isShared: sharesModel) : names(listNames, side, isShared: sharesList)
      return try SentencePieceTokens(
        part.model, part.list, tags: settings.tags(side), marks: settings.marks,
        path: "\(folder)/\(name)")
    }
    let sourceTokens = try tokens(source, .source)
    let isSame = sharesModel && sharesList && settings.tags(.source) == settings.tags(.target)
    let targetTokens = isSame ? sourceTokens : try tokens(target, .target)
    let first = Self(source.model, source.list, sourceTokens, files: files(source, .source))
    let second = Self(target.model, target.list, targetTokens, files: files(target, .target))
    guard isSame || !settings.joint || first.vocabulary == second.vocabulary else {
      throw .differentVocabularies(folder: folder)
    }
    return (first, second)
  }
}
