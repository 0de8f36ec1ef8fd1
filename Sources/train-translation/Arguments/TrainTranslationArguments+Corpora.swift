import CommandLineArguments
import Corpora
import Text
import Tokens

/// Several corpora: how much each counts, and the tags of its lines.
extension TrainTranslationArguments {
  static let corpusOptions: [Option<Self>] = [
    Option(
      "--train-weight", "number",
      "times that each pair is seen in an epoch, once for each pair of training files, in their order; 0.5: half of "
        + "the pairs in one epoch, the other half in the next (default: 1 for all)",
      \.trainWeight, limit: .above(0, atMost: 10_000)),
    Option(
      "--prefix-source", "tag",
      "tag of build-vocab --tag that stands before each source line: once for all files, or once for each pair of "
        + "training files, in their order; \"\" where lines have tags of their own",
      \.prefixSource),
    Option(
      "--valid-prefix-source", "tag",
      "the same for the validation text (default: --prefix-source, where that is one for all)",
      \.validPrefixSource),
  ]

  /// Refuses weights and tags that cannot be told whose they are.
  func validateCorpora() throws(ArgumentError) {
    if !trainWeight.isEmpty, trainWeight.count != trainSource.count {
      throw .conflict(
        "\(counted(trainWeight.count, "weight")) by '--train-weight' for "
          + "\(counted(trainSource.count, "pair of files", "pairs of files")); give one for each, in their order"
      )
    }
    try requireOneForAllOrEach("--prefix-source", prefixSource.count, files: trainSource.count)
    try requireOneForAllOrEach("--valid-prefix-source", validPrefixSource.count, files: validSource.count)
    if prefixSource.count > 1, holdsOut {
      throw .conflict(
        "'--preset auto' holds validation text out of all training files, and '--prefix-source' differs between them; "
          + "give '--valid-source' and '--valid-target'")
    }
    if prefixSource.count > 1, validPrefixSource.isEmpty {
      throw .conflict(
        "'--prefix-source' differs between the training files; give '--valid-prefix-source' for the validation "
          + "text, once for all of its files or once for each")
    }
  }

  private func requireOneForAllOrEach(_ option: String, _ count: Int, files: Int) throws(ArgumentError) {
    guard count > 1, count != files else { return }
    throw .conflict(
      "\(counted(count, "tag")) by '\(option)' for \(counted(files, "pair of files", "pairs of files")); "
        + "give one for all, or one for each in their order")
  }

  private func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    count == 1 ? "1 \(one)" : "\(count) \(many ?? one + "s")"
  }

  /// The tag of each pair of training files.
  var trainTags: [String?] { tags(prefixSource, files: trainSource.count) }

  /// The tag of each pair of validation files.
  var validTags: [String?] {
    tags(validPrefixSource.isEmpty ? prefixSource : validPrefixSource, files: validSource.count)
  }

  private func tags(_ given: [String], files: Int) -> [String?] {
    (0..<files).map { file in
      let tag = given.count > 1 ? given[file] : given.first ?? ""
      return tag.isEmpty ? nil : tag
    }
  }

  /// The training files with their weights and tags.
  ///
  /// - Throws: `VocabularyError` for a tag that the vocabulary does not have.
  func trainFiles(_ pipeline: TextPipeline) throws(VocabularyError) -> [CorpusFiles] {
    let weights = trainWeight.isEmpty ? trainSource.map { _ in 1 } : trainWeight
    return try files(trainSource, trainTarget, weights, trainTags, pipeline, alignment.files)
  }

  /// The validation files with their tags.
  ///
  /// - Throws: `VocabularyError` for a tag that the vocabulary does not have.
  func validFiles(_ pipeline: TextPipeline) throws(VocabularyError) -> [CorpusFiles] {
    try files(validSource, validTarget, validSource.map { _ in 1 }, validTags, pipeline)
  }

  private func files(
    _ sources: [String], _ targets: [String], _ weights: [Double], _ tags: [String?],
    _ pipeline: TextPipeline,
    _ alignments: [String] = []
  ) throws(VocabularyError) -> [CorpusFiles] {
    var files: [CorpusFiles] = []
    for (index, (source, target)) in zip(sources, targets).enumerated() {
      var id: TokenID?
      if let tag = tags[index] { id = try pipeline.vocabulary(.source).id(ofTag: tag) }
      files.append(
        CorpusFiles(
          source: source, target: target, weight: weights[index], tag: id,
          alignment: alignments.isEmpty ? nil : alignments[index]))
    }
    return files
  }
}
