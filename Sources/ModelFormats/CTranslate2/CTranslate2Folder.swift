package import Files

/// The files of a CTranslate2 model's folder.
package struct CTranslate2Folder: Sendable {
  /// The weights.
  package let model: CTranslate2Model
  /// `config.json`; nil in old folders.
  package let configuration: JSONTree?
  /// The vocabularies; one is shared by source and target.
  package let source: NumberedTokens
  package let target: NumberedTokens

  /// Reads a folder.
  ///
  /// - Throws: ``FileError``, which names the missing or wrong file.
  package init(path: String) throws(FileError) {
    model = try CTranslate2Model(path: path + "/model.bin")
    configuration = try CTranslate2Folder.ifThere { () throws(FileError) in
      try readJSONTree(path: path + "/config.json")
    }
    if let shared = try CTranslate2Folder.vocabulary(path, "shared") {
      (source, target) = (shared, shared)
    } else {
      guard let source = try CTranslate2Folder.vocabulary(path, "source"),
        let target = try CTranslate2Folder.vocabulary(path, "target")
      else { throw .notFound(path: path + "/source_vocabulary.json") }
      (self.source, self.target) = (source, target)
    }
  }

  private static func vocabulary(_ path: String, _ name: String) throws(FileError) -> NumberedTokens? {
    for suffix in ["json", "txt"] {
      let list = try ifThere { () throws(FileError) in
        try NumberedTokens(path: "\(path)/\(name)_vocabulary.\(suffix)")
      }
      if let list { return list }
    }
    return nil
  }

  /// The result, or nil if the file does not exist.
  private static func ifThere<Result>(_ read: () throws(FileError) -> Result) throws(FileError) -> Result? {
    do {
      return try read()
    } catch .notFound {
      return nil
    }
  }
}
