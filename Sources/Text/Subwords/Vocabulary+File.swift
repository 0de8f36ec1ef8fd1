import Files
import Tokens

extension Vocabulary {
  /// The contents of `vocab.txt`: one token per line, in the order of ids.
  public var contents: [UInt8] {
    var output: [UInt8] = []
    for id in 0..<TokenID(count) {
      output += self[id]
      output.append(UInt8(ascii: "\n"))
    }
    return output
  }

  /// Reads the `vocab.txt` of byte pair encoding: special tokens, tags, then subwords; tags that were added later and
  /// span tokens may be anywhere.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - tags: the tags that the folder's `pipeline.json` lists.
  ///   - marks: the marks that it says.
  /// - Throws: ``VocabularyError`` if the file cannot be read or is not a vocabulary.
  public init(path: String, tags: [String] = [], marks: MarkTokens = MarkTokens()) throws(VocabularyError) {
    try self.init(contents: readVocabularyFile(path), path: path, tags: tags, marks: marks)
  }

  /// Reads the contents of a `vocab.txt`.
  ///
  /// - Parameters:
  ///   - contents: the whole file.
  ///   - path: the file's name, for messages.
  ///   - tags: the tags that follow the special tokens.
  ///   - marks: span tokens and marks of terms.
  /// - Throws: ``VocabularyError`` if a special token or tag is missing from its line, or a mark from the file, or a
  ///   line is empty, invalid UTF-8, more than one word, or a duplicate.
  /// - Precondition: the tags are valid; see ``TagForm``.
  public init(
    contents: [UInt8], path: String, tags: [String] = [], marks: MarkTokens = MarkTokens()
  ) throws(VocabularyError) {
    let lines = textLines(of: contents)
    for (index, name) in (SpecialTokens.standardNames + tags).enumerated() {
      let found = lines.indices.contains(index) ? String(decoding: lines[index], as: UTF8.self) : ""
      let isTag = index >= SpecialTokens.standardNames.count
      guard found == name || isTag && lines.contains(where: { $0.elementsEqual(name.utf8) }) else {
        throw index < SpecialTokens.standardNames.count
          ? .missingSpecialToken(expected: name, found: found, path: path, line: index + 1)
          : .missingTag(expected: name, found: found, path: path, line: index + 1)
      }
    }
    for (index, line) in lines.enumerated() { try Self.check(line, path: path, line: index + 1) }
    try self.init(
      tokens: lines.lazy.map(Array.init), specialTokens: .standard, tags: tags, marks: marks,
      path: path)
  }

  private static func check(_ token: ArraySlice<UInt8>, path: String, line: Int) throws(VocabularyError) {
    guard !token.isEmpty else { throw .emptyToken(path: path, line: line) }
    guard isUTF8(Array(token)) else { throw .invalidUTF8(path: path, line: line) }
    guard !token.contains(UInt8(ascii: " ")) else {
      throw .malformedToken(found: String(decoding: token, as: UTF8.self), path: path, line: line)
    }
  }
}
