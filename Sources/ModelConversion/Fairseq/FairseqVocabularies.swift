internal import Files
internal import ModelFormats
internal import Text

/// The dictionaries of a fairseq model, and what splits its text.
struct FairseqVocabularies {
  private let source, target: String
  private let splitters: TextSplitters

  /// The files beside a checkpoint, or those that were given.
  ///
  /// - Throws: ``ModelConversionError/missingFile(path:what:)``, or ambiguousVocabulary if there are more than two
  ///   dictionaries and the checkpoint does not say which; `FileError` if the folder cannot be read.
  init(_ checkpoint: FairseqCheckpoint, _ given: [String]) throws {
    let folder = checkpoint.path.folderOfPath
    let names = try fileNames(in: folder).sorted()
    if let first = given.first {
      (source, target) = (first, given.last ?? first)
    } else {
      let lists = names.filter { $0.hasPrefix("dict.") && $0.hasSuffix(".txt") }
      func list(_ key: String) throws -> String? {
        guard let language = try checkpoint.task.text(key) else { return nil }
        return lists.first { $0 == "dict.\(language).txt" }.map { "\(folder)/\($0)" }
      }
      let named = (try list("source_lang"), try list("target_lang"))
      if let source = named.0, let target = named.1 {
        (self.source, self.target) = (source, target)
      } else if lists == ["dict.txt"] {
        (source, target) = ("\(folder)/dict.txt", "\(folder)/dict.txt")
      } else if lists.isEmpty {
        throw ModelConversionError.missingFile(
          path: folder, what: "the dictionaries of the model, dict.*.txt, (give the files with --vocab)")
      } else {
        throw ModelConversionError.ambiguousVocabulary(folder: folder, files: lists)
      }
    }
    splitters = TextSplitters(folder: folder, names)
  }

  /// The files, each once.
  var paths: [String] { (source == target ? [source] : [source, target]) + splitters.paths }

  /// What splits and numbers text.
  ///
  /// - Throws: `FileError` or `VocabularyError` for a damaged file.
  func parts() throws -> VocabularyParts {
    func part(_ path: String, _ splitter: String?) throws -> VocabularyPart {
      let list = try TokenList(tokens: FairseqDictionary(path: path).tokens, path: path)
      return try splitters.part(list, splitter: splitter, path: path)
    }
    return VocabularyParts(
      source: try part(source, splitters.source), target: try part(target, splitters.target))
  }
}
