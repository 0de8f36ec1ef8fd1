package import Files

/// The names of the files in a vocabulary folder.
enum VocabularyFolder {
  static let settings = "pipeline.json"
}

extension TextPipeline {
  /// Every name that a file of a vocabulary may have, with any segmentation.
  public static var fileNames: Set<String> {
    SegmentationTable.fileNames.union([VocabularyFolder.settings])
  }

  /// Reads a vocabulary folder; other files in the folder are ignored.
  ///
  /// - Throws: ``VocabularyError``, which names the file.
  public init(folder: String) throws(VocabularyError) {
    let settings = try TextPipelineSettings(path: "\(folder)/\(VocabularyFolder.settings)")
    try self.init(folder: folder, settings: settings, kind: settings.kind)
  }

  private init<Kind: Segmentation>(folder: String, settings: TextPipelineSettings, kind: Kind.Type)
    throws(VocabularyError)
  {
    let (source, target) = try kind.read(folder: folder, settings: settings)
    guard source.vocabulary.specialTokens.agree(with: target.vocabulary.specialTokens) else {
      throw .differentSpecialTokens(folder: folder)
    }
    self.init(settings: settings, source: source, target: target)
  }

  /// Writes the vocabulary's files into a folder, which is created if needed, all files or none; other files in it are
  /// kept.
  ///
  /// - Throws: ``VocabularyError`` if a file cannot be written.
  public func write(to folder: String) throws(VocabularyError) {
    do {
      try createFolder(folder)
    } catch {
      throw .file(error)
    }
    let files = try stage(in: folder)
    do {
      try commitTogether(files)
    } catch {
      throw .file(error)
    }
  }

  /// The complete files of the vocabulary with their checksums, not at their paths in an existing folder yet; the
  /// settings, without which a vocabulary cannot be read, come last.
  ///
  /// - Throws: ``VocabularyError`` if a file cannot be written.
  package func stage(in folder: String) throws(VocabularyError) -> [AtomicFile] {
    do {
      var files: [AtomicFile] = []
      for (name, contents) in segmentationFiles {
        files.append(try stagedFile(path: "\(folder)/\(name)", contents: contents))
      }
      let path = "\(folder)/\(VocabularyFolder.settings)"
      files.append(try stagedFile(path: path, contents: jsonContents(settings, path: path)))
      return files
    } catch {
      throw .file(error)
    }
  }

  /// The files of both sides' segmentations.
  package var segmentationFiles: [(name: String, contents: [UInt8])] {
    segmentation(.source).files + segmentation(.target).files
  }
}
