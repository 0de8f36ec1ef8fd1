package import ModelFolders
internal import ModelFormats

extension ImportedModel {
  /// Writes a model folder, all files or none.
  ///
  /// - Parameters:
  ///   - folder: the folder.
  ///   - manifest: what is recorded about the model.
  /// - Throws: `FileError` or `VocabularyError` if a file cannot be written or the shortlist cannot be read.
  package func write(to folder: ModelFolder, manifest: [UInt8]) throws {
    try folder.write(
      // Bytes stay bytes; tables of positions beside them stay floats.
      model, as: nil, pipeline: pipeline, manifest: manifest,
      shortlist: try shortlist.map { try LexicalShortlist(path: $0, pipeline).binaryContents })
  }
}
