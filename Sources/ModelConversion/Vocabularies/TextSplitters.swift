internal import Files
internal import Text

/// The SentencePiece models or codes of byte pair encoding beside a model, which split the text of both sides.
struct TextSplitters: Equatable {
  /// The files; nil if there are none, so that text is split already.
  private(set) var source, target: String?

  /// Files that were found elsewhere.
  init(source: String?, target: String?) { (self.source, self.target) = (source, target) }

  /// Files with usual names: those that name a side, or one for both.
  ///
  /// - Parameters:
  ///   - folder: where they are.
  ///   - names: the files of the folder.
  init(folder: String, _ names: [String]) {
    for isWanted in [Self.isModel, Self.isCodes] {
      let found = names.filter(isWanted).sorted()
      func side(_ marks: [String]) -> String? {
        found.first { name in marks.contains { name.lowercased().contains($0) } }
      }
      if let source = side(["source", "src"]), let target = side(["target", "tgt", "trg"]) {
        (self.source, self.target) = ("\(folder)/\(source)", "\(folder)/\(target)")
      } else if found.count == 1 {
        (source, target) = ("\(folder)/\(found[0])", "\(folder)/\(found[0])")
      }
      if source != nil { return }
    }
  }

  /// The files, each once.
  var paths: [String] {
    guard let source, let target else { return [] }
    return source == target ? [source] : [source, target]
  }

  static func isModel(_ name: String) -> Bool { name.hasSuffix(".spm") || name.hasSuffix(".model") }

  static func isCodes(_ name: String) -> Bool {
    ["code", "codes", "bpecodes", "source.bpe", "target.bpe"].contains(name)
      || [".codes", ".code", ".bpecodes", ".bpe"].contains(where: name.hasSuffix)
  }

  /// A side with one of the files.
  ///
  /// - Throws: `FileError` or `VocabularyError` for a damaged file.
  func part(_ list: TokenList, splitter: String?, path: String) throws -> VocabularyPart {
    guard let splitter else { return VocabularyPart(list: list, path: path) }
    return Self.isModel(splitter.nameOfPath)
      ? VocabularyPart(model: try SentencePieceModel(path: splitter), list: list, path: path)
      : VocabularyPart(codes: try BytePairCodes(path: splitter), list: list, path: path)
  }
}
