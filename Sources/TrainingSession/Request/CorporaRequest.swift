/// Weights and tags of several corpora.
public struct CorporaRequest: Sendable, Equatable {
  /// Number of times each pair is seen per epoch, for each pair of training files; empty: 1 for all.
  public var trainWeight: [Double] = []
  /// Tags to put before source lines: one for all training files, or one for each; "" if lines have their own tags.
  public var prefixSource: [String] = []
  /// The same for the validation text; empty: like ``prefixSource``.
  public var validPrefixSource: [String] = []

  /// Weights of 1, no tags.
  public init() {}

  func validate(in request: TrainingRequest) throws(TrainingRequestError) {
    let files = request.files
    if !trainWeight.isEmpty, trainWeight.count != files.trainCount {
      throw .conflict(
        "\(counted(trainWeight.count, "weight")) by '--train-weight' for "
          + "\(counted(files.trainCount, "pair of files", "pairs of files")); give one for each, in their order"
      )
    }
    try requireOneForAllOrEach("--prefix-source", prefixSource.count, files: files.trainCount)
    try requireOneForAllOrEach(
      "--valid-prefix-source", validPrefixSource.count, files: files.validCount)
    if prefixSource.count > 1, request.holdsOut {
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

  private func requireOneForAllOrEach(
    _ option: String, _ count: Int, files: Int
  ) throws(TrainingRequestError) {
    guard count > 1, count != files else { return }
    throw .conflict(
      "\(counted(count, "tag")) by '\(option)' for \(counted(files, "pair of files", "pairs of files")); "
        + "give one for all, or one for each in their order")
  }

  private func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    count == 1 ? "1 \(one)" : "\(count) \(many ?? one + "s")"
  }

  /// The tag of each pair of training files.
  func trainTags(files: Int) -> [String?] { tags(prefixSource, files: files) }

  /// The tag of each pair of validation files.
  func validTags(files: Int) -> [String?] {
    tags(validPrefixSource.isEmpty ? prefixSource : validPrefixSource, files: files)
  }

  private func tags(_ given: [String], files: Int) -> [String?] {
    (0..<files).map { file in
      let tag = given.count > 1 ? given[file] : given.first ?? ""
      return tag.isEmpty ? nil : tag
    }
  }
}
