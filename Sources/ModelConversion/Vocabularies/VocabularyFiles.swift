internal import Files
internal import ModelFormats

/// The files of a foreign model's vocabulary.
struct VocabularyFiles: Equatable {
  /// What splits and numbers the text of one side.
  struct Side: Equatable {
    /// A SentencePiece model; nil if text is split at spaces.
    var model: String?
    /// Codes that split the words of tokenized text, without a model.
    var codes: String?
    /// A list of tokens with their ids; nil if they are the model's.
    var list: String?
  }

  var source: Side
  var target: Side

  /// The paths, each once.
  var paths: [String] {
    var paths: [String] = []
    for path in [source.model, source.codes, source.list, target.model, target.codes, target.list] {
      if let path, !paths.contains(path) { paths.append(path) }
    }
    return paths
  }

  /// Files that were given.
  ///
  /// - Parameters:
  ///   - given: of source and target, or one for both.
  ///   - folder: the model's, where the SentencePiece models of lists are looked for.
  init(_ given: [String], folder: String) {
    let source = Self.side(given[0], folder: folder, side: "source")
    self.source = source
    target =
      given.count > 1
      ? Self.side(given[1], folder: folder, side: "target")
      : Self.side(given[0], folder: folder, side: "target")
  }

  /// The files beside a model: those that a configuration names, or that have usual names.
  ///
  /// - Throws: ``ModelConversionError/missingFile(path:what:)``, or `FileError` for a configuration that cannot be read.
  init(besideModel path: String) throws {
    let folder = path.folderOfPath
    let names = try fileNames(in: folder).sorted()
    if let named = try Self.named(by: path, folder: folder, names) {
      self.init(named, folder: folder)
      return
    }
    func first(_ suffix: String, _ isWanted: (String) -> Bool) -> String? {
      names.first { $0.hasSuffix(suffix) && isWanted($0) }.map { "\(folder)/\($0)" }
    }
    if let source = first(".spm", { $0.hasPrefix("srcvocab") }),
      let target = first(".spm", { $0.hasPrefix("trgvocab") })
    {
      self.init([source, target], folder: folder)
    } else if let both = first(".spm", { $0.hasPrefix("vocab") }) {
      let all = names.filter { $0.hasPrefix("vocab") && $0.hasSuffix(".spm") }
      guard all.count == 1 else {
        throw ModelConversionError.ambiguousVocabulary(folder: folder, files: all)
      }
      self.init([both], folder: folder)
    } else if let source = first(".yml", { $0.hasSuffix("src.vocab.yml") }),
      let target = first(".yml", { $0.hasSuffix("trg.vocab.yml") })
    {
      self.init([source, target], folder: folder)
    } else if let list = first("vocab.yml", { _ in true }) ?? first("vocab.json", { _ in true }) {
      self.init([list], folder: folder)
    } else {
      throw ModelConversionError.missingFile(
        path: folder, what: "a vocabulary, such as vocab.spm or vocab.yml, (give the files with --vocab)")
    }
  }

  private static func side(_ path: String, folder: String, side: String) -> Side {
    if path.hasSuffix(".spm") || path.hasSuffix(".model") { return Side(model: path) }
    let models = ["\(side).spm", "\(side)_spm.model"].map { "\(folder)/\($0)" }
    let codes = ["\(side).bpe", "\(side == "source" ? "src" : "trg").bpe"].map { "\(folder)/\($0)" }
    let model = models.first(where: fileExists)
    return Side(model: model, codes: model == nil ? codes.first(where: fileExists) : nil, list: path)
  }

  /// The vocabularies that a configuration beside the model names, if they exist.
  private static func named(by path: String, folder: String, _ names: [String]) throws -> [String]? {
    let model = path.nameOfPath
    for name in MarianPackage.configurations(model, names) {
      let root = try YAMLDocument(path: "\(folder)/\(name)").root
      guard let vocabularies = root["vocabs"]?.strings, !vocabularies.isEmpty else { continue }
      let found = vocabularies.prefix(2).compactMap { given in
        // Relative to the file or to where Marian ran; on another machine, only the name may still be right.
        (["\(folder)/\(given)", "\(folder)/\(given.nameOfPath)", given]).first(where: fileExists)
      }
      if found.count == min(2, vocabularies.count) { return found }
    }
    return nil
  }
}
