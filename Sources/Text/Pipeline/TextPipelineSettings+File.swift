import Files

extension TextPipelineSettings {
  /// Reads `pipeline.json`.
  ///
  /// - Throws: ``VocabularyError`` if a key is missing, unknown or has a wrong type, the file has a newer format, or
  ///   its segmentation is not registered.
  init(path: String) throws(VocabularyError) {
    let tree: JSONTree
    do {
      tree = try JSONParser.parse(readVocabularyFile(path)[...])
    } catch let error as JSONParser.Failure {
      throw .malformedSettings(
        path: path, reason: "line \(error.line): found \(error.found), expected \(error.expected)")
    } catch let error as VocabularyError {
      throw error
    } catch {
      throw .malformedSettings(path: path, reason: "\(error)")
    }
    try Self.checkKeys(tree, path: path)
    do {
      self = try readJSON(path: path)
    } catch {
      throw .file(error)
    }
    if let problem = TagForm.problem(of: tags) { throw .malformedSettings(path: path, reason: problem) }
    if let problem = SpanTokens.problem(marks.spans, tags: tags) {
      throw .malformedSettings(path: path, reason: "'span_tokens': \(problem)")
    }
    if let problem = marks.problem(tags: tags) {
      throw .malformedSettings(path: path, reason: "'term_marks': \(problem)")
    }
    if let problem = protectionProblem { throw .malformedSettings(path: path, reason: problem) }
    guard SegmentationTable.kind(named: segmentation) != nil else {
      let known = SegmentationTable.names.joined(separator: ", ")
      throw .malformedSettings(
        path: path, reason: "unknown segmentation '\(segmentation)', known are \(known)")
    }
    if let counts = learnedMerges, counts.count != (joint ? 1 : 2) || counts.contains(where: { $0 < 0 }) {
      let expected = joint ? "a number" : "two numbers"
      throw .malformedSettings(
        path: path, reason: "'learned_merges' is \(counts), expected \(expected), 0 or more")
    }
    guard merges >= 0, minimumFrequency >= 0, minimumCharacterFrequency ?? 0 >= 0 else {
      throw .malformedSettings(
        path: path, reason: "'merges', 'min_frequency' and 'min_character_frequency' cannot be negative")
    }
  }

  private static func checkKeys(_ tree: JSONTree, path: String) throws(VocabularyError) {
    guard case .object(let members) = tree else {
      throw .malformedSettings(path: path, reason: "found \(tree.words), expected an object")
    }
    // The version is checked first: a newer format may have other keys.
    let version = CodingKeys.formatVersion.rawValue
    if case .number(let number)? = tree[version], number != "\(currentFormatVersion)" {
      throw .malformedSettings(
        path: path,
        reason: "'\(version)' is \(number), this program reads \(currentFormatVersion); "
          + "use the version of the program that wrote it")
    }
    for member in members where CodingKeys(rawValue: member.key) == nil {
      let known = CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")
      throw .malformedSettings(path: path, reason: "unknown key '\(member.key)', known are \(known)")
    }
  }
}
