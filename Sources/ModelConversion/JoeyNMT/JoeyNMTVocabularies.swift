internal import Files
internal import ModelFormats
internal import Text

/// The vocabularies of a JoeyNMT model, and what splits its text.
///
/// Source: joeynmt/joeynmt, `joeynmt/vocabulary.py` and `joeynmt/tokenizers.py`.
struct JoeyNMTVocabularies {
  private let checkpoint: JoeyNMTCheckpoint
  private let source, target: String
  private let splitters: TextSplitters

  /// The files beside a checkpoint, or those that were given.
  ///
  /// - Throws: ``ModelConversionError/missingFile(path:what:)``.
  init(_ checkpoint: JoeyNMTCheckpoint, _ given: [String]) throws {
    self.checkpoint = checkpoint
    if let first = given.first {
      (source, target) = (first, given.last ?? first)
    } else {
      source = try Self.list("src", checkpoint)
      target = try Self.list("trg", checkpoint)
    }
    splitters = TextSplitters(
      source: try Self.splitter("src", checkpoint), target: try Self.splitter("trg", checkpoint))
    guard (splitters.source == nil) == (splitters.target == nil) else {
      throw ModelConversionError.unsupported(
        path: checkpoint.configurationPath, what: "text that is split into subwords on one side only",
        advice: "models with subwords on both sides or neither are supported")
    }
  }

  /// The files, each once.
  var paths: [String] { (source == target ? [source] : [source, target]) + splitters.paths }

  /// What a user should know about the text.
  var notes: [String] {
    var notes: [String] = []
    for (side, name) in [("src", "source"), ("trg", "target")] {
      if value(side, "lowercase")?.bool == true, side == "src" {
        notes.append("the source was lowercased in training: lowercase text before it is translated")
      }
      if value(side, "level")?.text == "char" {
        notes.append("the \(name) is split into characters, with ▁ for a space")
      }
      let tokenizer = checkpoint.value("data", side, "tokenizer_cfg", "pretokenizer")?.text ?? "none"
      if tokenizer != "none" {
        notes.append("the \(name) was tokenized by '\(tokenizer)' in training: do the same with text here")
      }
    }
    return notes
  }

  /// What splits and numbers text.
  ///
  /// - Throws: `FileError` or `VocabularyError` for a damaged file.
  func parts() throws -> VocabularyParts {
    let names = try specialTokens()
    func part(_ path: String, _ splitter: String?) throws -> VocabularyPart {
      let list = try TokenList(tokens: tokens(path, names), path: path)
      return try splitters.part(list, splitter: splitter, path: path)
    }
    return VocabularyParts(
      source: try part(source, splitters.source), target: try part(target, splitters.target))
  }

  /// The tokens of a list after special tokens that it does not have, as JoeyNMT numbers them.
  private func tokens(_ path: String, _ special: [String]) throws -> [[UInt8]] {
    let listed = try NumberedTokens(path: path).tokens.compactMap { $0 }
    var seen: Set<[UInt8]> = []
    // Special tokens come first, wherever they are in the list.
    return (special.map { Array($0.utf8) } + listed).filter { seen.insert($0).inserted }
  }

  /// The names of special tokens by their ids.
  private func specialTokens() throws(ModelConversionError) -> [String] {
    let usual = ["unk": "<unk>", "pad": "<pad>", "bos": "<s>", "eos": "</s>"]
    for (key, name) in usual {
      let found = checkpoint.value("data", "special_symbols", "\(key)_token")?.text ?? name
      guard found == name else {
        throw .badOption(
          path: checkpoint.configurationPath, key: "data.special_symbols.\(key)_token", found: found,
          expected: name)
      }
    }
    let ids = ["unk", "pad", "bos", "eos"].enumerated().map { index, key in
      (id: checkpoint.value("data", "special_symbols", "\(key)_id")?.int ?? index, name: usual[key] ?? "")
    }
    guard Set(ids.map(\.id)) == [0, 1, 2, 3] else {
      throw .badOption(
        path: checkpoint.configurationPath, key: "data.special_symbols",
        found: ids.map { "\($0.name) \($0.id)" }.joined(separator: ", "), expected: "the ids 0 to 3")
    }
    let separator = checkpoint.value("data", "special_symbols", "sep_token")?.text
    return ids.sorted { $0.id < $1.id }.map(\.name) + (separator.map { [$0] } ?? [])
  }

  /// An option of a side; version 1 has them for both sides.
  private func value(_ side: String, _ key: String) -> YAMLNode? {
    if case .map? = checkpoint.value("data", side) { return checkpoint.value("data", side, key) }
    return checkpoint.value("data", key)
  }

  /// The language of a side: `data.src.lang`, or `data.src` in version 1.
  func language(_ side: String) -> String {
    languageCode(checkpoint.value("data", side, "lang")?.text ?? checkpoint.value("data", side)?.text)
  }

  private static func list(_ side: String, _ checkpoint: JoeyNMTCheckpoint) throws -> String {
    let folder = checkpoint.path.folderOfPath
    let named =
      checkpoint.value("data", side, "voc_file")?.text ?? checkpoint.value("data", "\(side)_vocab")?.text
    // JoeyNMT writes both beside the checkpoint; on another machine, only the name may still be right.
    let paths =
      ["\(folder)/\(side)_vocab.txt"]
      + (named.map { ["\(folder)/\($0.nameOfPath)", $0] } ?? [])
    guard let path = paths.first(where: fileExists) else {
      throw ModelConversionError.missingFile(
        path: folder, what: "the vocabulary \(side)_vocab.txt (give the files with --vocab)")
    }
    return path
  }

  /// The SentencePiece model or the codes of a side; nil if its text is split already.
  private static func splitter(_ side: String, _ checkpoint: JoeyNMTCheckpoint) throws -> String? {
    guard checkpoint.value("data", side, "level")?.text == "bpe" else { return nil }
    let folder = checkpoint.path.folderOfPath
    for key in ["model_file", "codes"] {
      guard let named = checkpoint.value("data", side, "tokenizer_cfg", key)?.text else { continue }
      guard let path = ["\(folder)/\(named.nameOfPath)", named].first(where: fileExists) else {
        throw ModelConversionError.missingFile(
          path: folder, what: "'\(named.nameOfPath)', which splits the text of the model,")
      }
      return path
    }
    return nil
  }
}
