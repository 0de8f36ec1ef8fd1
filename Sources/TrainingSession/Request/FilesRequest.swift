/// Text, vocabulary and model folder.
///
/// Files are plain or gzip. Line n of a source file and line n of the target file at the same index are a pair.
public struct FilesRequest: Sendable, Equatable {
  /// The folder that `build-vocab` wrote; empty: the preset `auto` builds one, and a starting model brings its own.
  public var vocabulary = ""
  /// Source sides of the training text; `-` is standard input.
  public var trainSource: [String] = []
  /// Target sides of the training text, one for each source file.
  public var trainTarget: [String] = []
  /// Source sides of the validation text; empty: the preset `auto` holds pairs out.
  public var validSource: [String] = []
  /// Target sides of the validation text, one for each source file.
  public var validTarget: [String] = []
  /// The output folder.
  public var model = ""
  /// Whether to resume an interrupted training.
  public var resume = false
  /// Whether to replace a training that the folder already holds.
  public var overwrite = false

  /// No files.
  public init() {}

  func validate() throws(TrainingRequestError) {
    if trainSource.count != trainTarget.count {
      throw .conflict(
        "\(trainSource.count) files of --train-source and \(trainTarget.count) of --train-target; give as many of both"
      )
    }
    if validSource.count != validTarget.count {
      throw .conflict(
        "\(validSource.count) files of --valid-source and \(validTarget.count) of --valid-target; give as many of both"
      )
    }
    for (option, paths) in [("--valid-source", validSource), ("--valid-target", validTarget)]
    where paths.contains("-") {
      throw .conflict("validation text is read more than once; name a file for '\(option)'")
    }
    if resume && overwrite { throw .conflict("'--overwrite' and '--resume' cannot be used together") }
  }
}
