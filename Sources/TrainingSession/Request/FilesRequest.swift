import Files

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
  /// Translation memories, catalogs and other files with both sides of training text, which follow the text files where
  /// files are counted.
  public var train: [String] = []
  /// A folder of prepare-corpus, in place of all other training text; empty: none.
  public var trainCorpus = ""
  /// Source sides of the validation text; empty: the preset `auto` holds pairs out.
  public var validSource: [String] = []
  /// Target sides of the validation text, one for each source file.
  public var validTarget: [String] = []
  /// Files with both sides of validation text, like ``train``.
  public var valid: [String] = []
  /// Whether the code of formatting tags in ``train`` and ``valid`` is part of their text.
  public var keepsTags = false
  /// The output folder.
  public var model = ""
  /// Whether to resume an interrupted training.
  public var resume = false
  /// Whether to replace a training that the folder already holds.
  public var overwrite = false

  /// No files.
  public init() {}

  /// The number of training files, a source file and its target file being one.
  var trainCount: Int { trainSource.count + train.count }
  /// Whether there is training text in other files than ``trainSource`` and ``trainTarget``.
  public var hasOtherTraining: Bool { !train.isEmpty || !trainCorpus.isEmpty }
  /// The number of validation files.
  var validCount: Int { validSource.count + valid.count }

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
    for (option, paths) in [("--train", train), ("--valid", valid)] {
      for path in paths where path == "-" || fileExists(path) && !regularFileExists(path) {
        throw .conflict(
          "'\(option) \(path)' is read more than once, for its checksum; write it to a file, or convert it by "
            + "convert-corpus")
      }
    }
    if keepsTags, train.isEmpty, valid.isEmpty {
      throw .conflict("'--keep-tags' is about the files of '--train' and '--valid'; give one of them")
    }
    if resume && overwrite { throw .conflict("'--overwrite' and '--resume' cannot be used together") }
  }
}
