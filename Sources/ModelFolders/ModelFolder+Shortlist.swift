internal import Files
package import ModelFormats
package import Text

extension ModelFolder {
  /// Reads the lexical shortlist.
  ///
  /// - Parameter pipeline: the model's vocabulary.
  /// - Returns: nil if the model has none.
  /// - Throws: `FileError` for a damaged file.
  package func readShortlist(_ pipeline: TextPipeline) throws -> LexicalShortlist? {
    guard fileExists(shortlist) else { return nil }
    return try LexicalShortlist(path: shortlist, pipeline)
  }
}

extension LexicalShortlist {
  /// Reads a shortlist in Bergamot's binary format, or the text of lines `target source probability` from which those are
  /// made.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - pipeline: the vocabulary with the ids of both sides.
  /// - Throws: `FileError` for a damaged file, or one of another vocabulary.
  package init(path: String, _ pipeline: TextPipeline) throws {
    let bytes = try FileBytes(path: path)
    if Self.isBinary(bytes) {
      try self.init(binary: bytes, vocabularySize: pipeline.vocabularySize(.target))
      return
    }
    func id(_ token: [UInt8], _ side: TextPipeline.Side) -> Int? {
      pipeline.vocabulary(side).id(of: Subword(bytes: token)).map { Int($0) }
    }
    try self.init(
      textPath: path, sourceCount: pipeline.vocabularySize(.source), sourceID: { id($0, .source) },
      targetID: { id($0, .target) })
  }
}
