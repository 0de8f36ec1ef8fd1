package import Files

/// The tokens of a dictionary of fairseq, `dict.de.txt`: a token and its count on each line.
///
/// Four special tokens come before those of the file. A line may replace an earlier token if `#fairseq:overwrite` is at its
/// end.
///
/// Source: facebookresearch/fairseq, `fairseq/data/dictionary.py`.
package struct FairseqDictionary: Sendable, Equatable {
  /// The tokens by their ids.
  package let tokens: [[UInt8]]

  /// The tokens with which every dictionary begins.
  package static let specialTokens = ["<s>", "<pad>", "</s>", "<unk>"]
  private static let overwrite = Array(" #fairseq:overwrite".utf8)

  /// Reads a file.
  ///
  /// - Throws: ``FileError``, which names the line and the problem.
  package init(path: String) throws(FileError) {
    try self.init(readTextFile(path: path, limit: YAMLDocument.greatestSize), path: path)
  }

  /// Reads a dictionary.
  ///
  /// - Throws: see ``init(path:)``.
  package init(_ contents: [UInt8], path: String) throws(FileError) {
    var tokens = Self.specialTokens.map { Array($0.utf8) }
    var ids = Dictionary(uniqueKeysWithValues: tokens.enumerated().map { ($0.element, $0.offset) })
    var lines = contents.split(separator: 0x0a, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for (index, full) in lines.enumerated() {
      func error(_ found: String, _ expected: String, _ hint: String) -> FileError {
        .invalidFormat(
          path: path, place: "line \(index + 1)", found: found, expected: expected, hint: hint)
      }
      var line = full
      while let last = line.last, [0x0d, 0x20, 0x09].contains(last) { line.removeLast() }
      let replaces = line.suffix(Self.overwrite.count) == Self.overwrite[...]
      if replaces { line.removeLast(Self.overwrite.count) }
      guard let space = line.lastIndex(of: 0x20), space > line.startIndex,
        Int(String(decoding: line[(space + 1)...], as: UTF8.self)) != nil
      else {
        throw error(
          "'\(String(decoding: full.prefix(60), as: UTF8.self))'", "a token, a space, and its count",
          "use the dict.*.txt of the model")
      }
      let token = Array(line[..<space])
      if let first = ids[token], !replaces {
        throw error(
          "'\(String(decoding: token.prefix(60), as: UTF8.self))', which is token \(first) already",
          "each token once, or '#fairseq:overwrite' after it", "use the dict.*.txt of the model")
      }
      // The last id of a token counts.
      ids[token] = tokens.count
      tokens.append(token)
    }
    self.tokens = tokens
  }
}
