import Files

/// A list of tokens, one a line, that gives the pieces of a SentencePiece model other ids than the model's.
///
/// Marian and OPUS-MT models have such lists, in which the two sides may share what their SentencePiece models do not.
public struct TokenList: Sendable {
  /// The file.
  public let contents: [UInt8]
  let tokens: ByteStringTable
  /// The number of tokens.
  public var count: Int { tokens.count }

  /// Reads a list.
  ///
  /// - Throws: ``VocabularyError`` if the file cannot be read, or is not a list of different tokens.
  public init(path: String) throws(VocabularyError) {
    let contents: [UInt8]
    do { contents = try readFile(path: path) } catch { throw .file(error) }
    try self.init(contents: contents, path: path)
  }

  /// A list from the contents of its file.
  ///
  /// - Parameters:
  ///   - contents: a token on each line, that with id 0 first.
  ///   - path: the file's name, for messages.
  /// - Throws: ``VocabularyError`` if a line is empty, not UTF-8, or a duplicate.
  public init(contents: [UInt8], path: String) throws(VocabularyError) {
    self.contents = contents
    var tokens = ByteStringTable()
    for (index, line) in textLines(of: contents).enumerated() {
      guard !line.isEmpty else { throw .emptyToken(path: path, line: index + 1) }
      guard isUTF8(Array(line)) else { throw .invalidUTF8(path: path, line: index + 1) }
      let id = tokens.insert(line.span)
      guard id == index else {
        throw .duplicate(Subword(bytes: Array(line)), path: path, line: index + 1, firstLine: id + 1)
      }
    }
    self.tokens = tokens
  }
}
