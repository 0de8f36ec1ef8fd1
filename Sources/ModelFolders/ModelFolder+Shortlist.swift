package import Files
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

  /// Gives the model another lexical shortlist, with its checksum, or leaves everything as it was.
  ///
  /// - Precondition: no other process writes to the folder, see ``takeForWriting()``.
  /// - Throws: `FileError` if it cannot be written.
  package func replaceShortlist(_ list: LexicalShortlist) throws(FileError) {
    let file = try stagedFile(path: shortlist, contents: list.binaryContents)
    try commitTogether([stagedChecksums(adding: file), file])
  }

  /// The contents of ``shortlist``, for a folder with other weights of the same vocabulary; nil if there is none.
  ///
  /// - Throws: `FileError` if it cannot be read.
  package func shortlistContents() throws(FileError) -> [UInt8]? {
    fileExists(shortlist) ? try readFile(path: shortlist) : nil
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
