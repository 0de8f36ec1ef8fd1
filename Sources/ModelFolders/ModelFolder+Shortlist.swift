internal import Files
package import ModelFormats

extension ModelFolder {
  /// Reads the lexical shortlist.
  ///
  /// - Parameter vocabularySize: the number of target tokens.
  /// - Returns: nil if the model has none.
  /// - Throws: `FileError` for a damaged file.
  package func readShortlist(vocabularySize: Int) throws -> LexicalShortlist? {
    guard fileExists(shortlist) else { return nil }
    return try LexicalShortlist(binary: FileBytes(path: shortlist), vocabularySize: vocabularySize)
  }
}
