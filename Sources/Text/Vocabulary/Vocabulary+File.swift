import Files
import Tokens

extension Vocabulary {
  /// The content of `vocab.txt`: one token a line in the order of ids.
  public var contents: [UInt8] {
    var output: [UInt8] = []
    for id in 0..<TokenID(count) {
      output += self[id]
      output.append(UInt8(ascii: "\n"))
    }
    return output
  }

  /// Reads `vocab.txt`.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - tags: those that `pipeline.json` beside it names.
  /// - Throws: ``VocabularyError`` where the file cannot be read or is no vocabulary.
  public init(path: String, tags: [String] = []) throws(VocabularyError) {
    try self.init(contents: readVocabularyFile(path), path: path, tags: tags)
  }

  /// Reads the content of a `vocab.txt`.
  ///
  /// - Parameters:
  ///   - contents: the whole file.
  ///   - path: the file's name, for messages.
  ///   - tags: those that stand behind the special tokens.
  /// - Throws: ``VocabularyError`` for a special token or tag that is not in its place, and for a line that is
  ///   empty, no UTF-8, more than one word, or there already.
  /// - Precondition: the tags have no problem, see ``TagForm``.
  public init(contents: [UInt8], path: String, tags: [String] = []) throws(VocabularyError) {
    self.init(tags: tags)
    let lines = textLines(of: contents)
    for (index, name) in (SpecialToken.names + tags).enumerated() {
      let found = lines.indices.contains(index) ? String(decoding: lines[index], as: UTF8.self) : ""
      guard found == name else {
        throw index < SpecialToken.names.count
          ? .missingSpecialToken(expected: name, found: found, path: path, line: index + 1)
          : .missingTag(expected: name, found: found, path: path, line: index + 1)
      }
    }
    for (index, line) in lines.enumerated().dropFirst(SpecialToken.names.count + tags.count) {
      try Self.check(line, path: path, line: index + 1)
      let id = append(line.span)
      guard id == index else {
        throw .duplicate(Subword(bytes: Array(line)), path: path, line: index + 1, firstLine: id + 1)
      }
    }
  }

  private static func check(_ token: ArraySlice<UInt8>, path: String, line: Int) throws(VocabularyError) {
    guard !token.isEmpty else { throw .emptyToken(path: path, line: line) }
    guard isUTF8(Array(token)) else { throw .invalidUTF8(path: path, line: line) }
    guard !token.contains(UInt8(ascii: " ")) else {
      throw .malformedToken(found: String(decoding: token, as: UTF8.self), path: path, line: line)
    }
  }
}
