import Files

/// The names of the files in a vocabulary folder.
enum VocabularyFolder {
  static let settings = "pipeline.json"

  static func vocabulary(_ side: TextPipeline.Side?) -> String {
    side.map { "vocab.\($0.rawValue).txt" } ?? "vocab.txt"
  }

  static func codes(_ side: TextPipeline.Side?) -> String {
    side.map { "bpe.\($0.rawValue).codes" } ?? "bpe.codes"
  }
}

extension TextPipeline {
  /// Every name that a file of a vocabulary can have.
  public static var fileNames: Set<String> {
    let sides: [Side?] = [nil, .source, .target]
    return Set(
      [VocabularyFolder.settings] + sides.map { VocabularyFolder.vocabulary($0) }
        + sides.map { VocabularyFolder.codes($0) })
  }

  /// Reads the files of a vocabulary folder; other files in the folder do not matter.
  ///
  /// - Throws: ``VocabularyError``, which names the file.
  public init(folder: String) throws(VocabularyError) {
    let settings = try TextPipelineSettings(path: "\(folder)/\(VocabularyFolder.settings)")
    func read(_ side: Side?) throws(VocabularyError) -> (encoding: BytePairEncoding, vocabulary: Vocabulary) {
      let encoding = try BytePairEncoding(path: "\(folder)/\(VocabularyFolder.codes(side))")
      let path = "\(folder)/\(VocabularyFolder.vocabulary(side))"
      return (encoding, try Vocabulary(path: path, tags: settings.tags(side ?? .source)))
    }
    if settings.joint {
      let (encoding, vocabulary) = try read(nil)
      self.init(settings: settings, encoding: encoding, vocabulary: vocabulary)
    } else {
      self.init(settings: settings, source: try read(.source), target: try read(.target))
    }
  }

  /// Writes the vocabulary's files into a folder, which is made if need be; other files in it stay.
  ///
  /// - Throws: ``VocabularyError`` where a file cannot be written.
  public func write(to folder: String) throws(VocabularyError) {
    do {
      try createFolder(folder)
      for side in isJoint ? [nil] : Side.allCases.map(Optional.some) {
        let (encoding, vocabulary) = (encoding(side ?? .source), vocabulary(side ?? .source))
        try writeFileAtomically(path: "\(folder)/\(VocabularyFolder.codes(side))", contents: encoding.codes)
        try writeFileAtomically(
          path: "\(folder)/\(VocabularyFolder.vocabulary(side))", contents: vocabulary.contents)
      }
    } catch {
      throw .file(error)
    }
    try settings.write(path: "\(folder)/\(VocabularyFolder.settings)")
  }
}
