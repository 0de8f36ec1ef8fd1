package import ModelFolders
internal import ModelFormats

extension ImportedModel {
  /// The lexical shortlist in Bergamot's format; nil if there is none.
  ///
  /// - Throws: `FileError` if it cannot be read, or does not fit the vocabulary.
  package func shortlistContents() throws -> [UInt8]? {
    try shortlist.map { try LexicalShortlist(path: $0, pipeline).binaryContents }
  }

  /// Writes a model folder, all files or none.
  ///
  /// - Parameters:
  ///   - folder: the folder.
  ///   - manifest: what is recorded about the model.
  ///   - shortlist: see ``shortlistContents()``.
  /// - Throws: `FileError` or `VocabularyError` if a file cannot be written.
  package func write(to folder: ModelFolder, manifest: [UInt8], shortlist: [UInt8]? = nil) throws {
    // Bytes stay bytes; tables of positions beside them stay floats.
    try folder.write(model, as: nil, pipeline: pipeline, manifest: manifest, shortlist: shortlist)
  }
}
