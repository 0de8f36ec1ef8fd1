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
  ///   - settings: the languages, tags, and whether the vocabulary is joint.
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
    func segmentation(_ part: SentencePiecePart, _ side: TextPipeline.Side) throws(VocabularyError) -> Self {
      let modelName = names(modelNames, side, isShared: sharesModel)
      let listName = names(listNames, side, isShared: sharesList)
      let path = "\(folder)/\(part.list == nil ? modelName : listName)"
      let tokens = try SentencePieceTokens(part.model, part.list, tags: settings.tags(side), path: path)
      var files: [(name: String, contents: [UInt8])] = []
      // Files that both sides share belong to the source.
      if side == .source || !sharesModel { files.append((modelName, part.model.contents)) }
      if let list = part.list, side == .source || !sharesList { files.append((listName, list.contents)) }
      return Self(part.model, part.list, tokens, files: files)
    }
    let (first, second) = (try segmentation(source, .source), try segmentation(target, .target))
    guard !settings.joint || first.vocabulary == second.vocabulary else {
      throw .differentVocabularies(folder: folder)
    }
    return (first, second)
  }
}
