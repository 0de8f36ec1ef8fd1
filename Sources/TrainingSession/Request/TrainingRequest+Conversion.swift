import Text

extension TrainingRequest {
  /// The conversions of translation memories, catalogs and other such files into aligned text.
  ///
  /// - Parameter folder: the folder for the text.
  /// - Returns: those for training, then those for validation.
  func conversions(in folder: String) -> [CorpusConversion] {
    let kinds = [("train", files.train), ("valid", files.valid)]
    return kinds.flatMap { kind, paths in
      paths.enumerated().map { index, path in
        CorpusConversion(path, to: "\(folder)/\(kind)-\(index + 1)", keepsTags: files.keepsTags)
      }
    }
  }

  /// The request with the text that conversions write in place of the files that they read; it follows the text that is
  /// given as such.
  func replacingFiles(by conversions: [CorpusConversion]) -> TrainingRequest {
    var result = self
    for (index, conversion) in conversions.enumerated() {
      if index < files.train.count {
        result.files.trainSource.append(conversion.source)
        result.files.trainTarget.append(conversion.target)
      } else {
        result.files.validSource.append(conversion.source)
        result.files.validTarget.append(conversion.target)
      }
    }
    (result.files.train, result.files.valid, result.files.keepsTags) = ([], [], false)
    return result
  }

  /// The languages that were given, or else those of a vocabulary.
  func languages(_ vocabulary: TextPipelineSettings?) -> (source: String, target: String) {
    let given = self.vocabulary
    return (
      given.sourceLanguage.isEmpty ? vocabulary?.sourceLanguage ?? "" : given.sourceLanguage,
      given.targetLanguage.isEmpty ? vocabulary?.targetLanguage ?? "" : given.targetLanguage
    )
  }
}
