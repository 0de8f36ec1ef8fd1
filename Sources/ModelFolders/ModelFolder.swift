public import Models
public import Tensors
public import Text

/// A folder with a trained model: the names of its files, and the one way to read and write them.
///
/// Architecture, weights and vocabulary are what translating needs. The rest tells where the model comes from and lets
/// its training resume.
public struct ModelFolder: Sendable, Equatable {
  /// The folder's path, as it was given.
  public let path: String

  /// The folder at a path; nothing is read yet.
  public init(_ path: String) { self.path = path }

  // MARK: - Names

  /// The architecture, as JSON.
  public var configuration: String { "\(path)/\(ModelFiles.configuration)" }
  /// The weights, as safetensors.
  public var weights: String { "\(path)/\(ModelFiles.weights)" }
  /// Where the model comes from, as JSON.
  public var manifest: String { "\(path)/training.json" }
  /// A line of JSON for every record of the training.
  public var log: String { "\(path)/train.jsonl" }
  /// The folder of what only training needs: checkpoints to resume from, and weights to average.
  public var checkpoints: String { "\(path)/checkpoints" }
  /// Every file that the vocabulary can have, whichever of them there are.
  public var vocabularyFiles: [String] { TextPipeline.fileNames.map { "\(path)/\($0)" } }

  // MARK: - Reading

  /// Reads the architecture alone.
  ///
  /// - Throws: `FileError`, which names the file and what is wrong with it.
  public func readConfiguration() throws -> ModelConfiguration {
    try ModelFiles.readConfiguration(folder: path)
  }

  /// Reads architecture and vocabulary, and checks that they belong together; the weights stay where they are.
  ///
  /// - Throws: ``ModelFolderError``, `FileError` or `VocabularyError`, which name the file and what is wrong with it.
  public func readDescription() throws -> (configuration: ModelConfiguration, pipeline: TextPipeline) {
    let pipeline = try TextPipeline(folder: path)
    let configuration = try readConfiguration()
    try requireVocabulary(pipeline, of: configuration)
    return (configuration, pipeline)
  }

  /// Reads everything that translating needs, and checks that it belongs together.
  ///
  /// - Throws: ``ModelFolderError``, `FileError`, `VocabularyError` or `CheckpointError`, which name the file and what is
  ///   wrong with it.
  public func read() throws -> (model: TrainedTransformer, pipeline: TextPipeline) {
    try requireFolder()
    let pipeline = try TextPipeline(folder: path)
    let model = try ModelFiles.read(folder: path)
    try requireVocabulary(pipeline, of: model.architecture.configuration)
    return (model, pipeline)
  }

  // MARK: - Writing

  /// Writes everything that translating needs, each file whole or not at all; other files in the folder stay.
  ///
  /// - Parameters:
  ///   - model: architecture and weights.
  ///   - type: what the matrices of the weights are stored as.
  ///   - pipeline: the vocabulary that the model was trained with.
  ///   - metadata: texts for the header of the weights.
  /// - Precondition: the vocabulary is of the model's size and has its special tokens.
  /// - Throws: `FileError` or `VocabularyError` where a file cannot be written, `CheckpointError` where a weight cannot be
  ///   rounded.
  public func write(
    _ model: TrainedTransformer, as type: WeightType = .float32, pipeline: TextPipeline,
    metadata: [String: String] = [:]
  ) throws {
    precondition(
      mismatch(pipeline, model.architecture.configuration) == nil
        && pipeline.specialTokens == model.architecture.configuration.specialTokens,
      "ModelFolder: the vocabulary is not of the model's size, or has other special tokens")
    try pipeline.write(to: path)
    // Readers of the Hugging Face libraries insist on this key.
    try ModelFiles.write(
      model, as: type, metadata: metadata.merging(["format": "pt"]) { $1 }, folder: path)
  }
}
