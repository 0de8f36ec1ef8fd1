/// The files of a corpus.
public struct CheckedText: Sendable, Equatable {
  /// What a pair of files is for.
  public enum Role: String, Sendable {
    case training, validation, test
  }

  /// The training text.
  public var training: PairFiles
  /// The validation text.
  public var validation: PairFiles?
  /// The test text.
  public var test: PairFiles?

  /// The files of a corpus.
  public init(training: PairFiles, validation: PairFiles? = nil, test: PairFiles? = nil) {
    (self.training, self.validation, self.test) = (training, validation, test)
  }

  /// All files with their roles, the training text first.
  var parts: [(role: Role, files: PairFiles)] {
    [(.training, training)] + (validation.map { [(.validation, $0)] } ?? [])
      + (test.map { [(.test, $0)] } ?? [])
  }
}
