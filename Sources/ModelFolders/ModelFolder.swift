internal import Files
internal import Machine
public import Models
public import Tensors
public import Text
internal import Tokens

/// A folder with a trained model: the names of its files, and how to read and write them.
///
/// Translation needs the architecture, the weights and the vocabulary. The other files record where the model comes
/// from and let its training resume.
public struct ModelFolder: Sendable, Equatable {
  /// The folder's path, as given.
  public let path: String

  /// The folder at a path; nothing is read yet.
  public init(_ path: String) { self.path = path }

  // MARK: - Names

  /// The architecture, as JSON.
  public var configuration: String { "\(path)/\(ModelFiles.configuration)" }
  /// The weights, as safetensors.
  public var weights: String { "\(path)/\(ModelFiles.weights)" }
  /// The checksums of the files that belong together, as JSON; models of earlier versions have none.
  public var checksums: String { "\(path)/\(FolderChecksums.name)" }
  /// Where the model comes from, as JSON.
  public var manifest: String { "\(path)/training.json" }
  /// A lexical shortlist in Bergamot's binary format; few models have one.
  public var shortlist: String { "\(path)/\(Self.shortlistName)" }
  static let shortlistName = "lex.s2t.bin"
  /// The training log, one JSON object per line.
  public var log: String { "\(path)/train.jsonl" }
  /// The folder for files that only training needs: checkpoints to resume from, and weights to average.
  public var checkpoints: String { "\(path)/checkpoints" }
  /// Every file that the vocabulary may have, whether or not it exists.
  public var vocabularyFiles: [String] { TextPipeline.fileNames.map { "\(path)/\($0)" } }

  // MARK: - Reading

  /// Reads only the architecture.
  ///
  /// - Throws: `FileError`, which names the file and what is wrong with it.
  public func readConfiguration() throws -> ModelConfiguration {
    try ModelFiles.readConfiguration(folder: path)
  }

  /// Reads the architecture and the vocabulary, but not the weights, and checks that they belong together.
  ///
  /// - Throws: ``ModelFolderError``, `FileError` or `VocabularyError`, which name the file and what is wrong with it.
  public func readDescription() throws -> (configuration: ModelConfiguration, pipeline: TextPipeline) {
    let pipeline = try TextPipeline(folder: path)
    let configuration = try readConfiguration()
    try requireVocabulary(pipeline, of: configuration)
    try verifyDescription()
    return (configuration, pipeline)
  }

  /// Reads everything that translation needs, and checks that it belongs together.
  ///
  /// Weights are mapped into memory if the file is on a local disk: they take up memory once for all processes that use
  /// them, and can be dropped when memory is short. As long as the model is in use, its files must not be changed in
  /// place, but may be replaced by renaming new files to their names, as ``write(_:as:pipeline:metadata:)`` does.
  ///
  /// - Parameter mapsWeights: if false, the weights are always read into memory of this process, and the model does not
  ///   depend on its files any more.
  /// - Returns: the model, ready to translate, and its vocabulary.
  /// - Throws: ``ModelFolderError``, `FileError`, `VocabularyError` or `CheckpointError`, which name the file and what
  ///   is wrong with it.
  public func read(mapsWeights: Bool = true) throws -> (model: TrainedTransformer, pipeline: TextPipeline) {
    try requireFolder()
    let isSummed = fileExists(checksums)
    // Each takes about as long as the other.
    let (pipeline, weights) = concurrently {
      Result { try TextPipeline(folder: path) }
    } and: {
      Result { try ModelFiles.read(folder: path, isSummed: isSummed, mayMap: mapsWeights) }
    }
    let vocabulary = try pipeline.get()
    let (model, sum) = try weights.get()
    try requireVocabulary(vocabulary, of: model.architecture.configuration)
    if let sum { try verify(weights: sum) }
    return (model, vocabulary)
  }

  // MARK: - Writing

  /// Writes everything that translation needs, all files or none; other files in the folder are kept.
  ///
  /// Until all files are on disk, the folder holds the model that it held before.
  ///
  /// - Parameters:
  ///   - model: architecture and weights.
  ///   - type: the number type in which matrices are stored.
  ///   - pipeline: the vocabulary that the model was trained with.
  ///   - metadata: strings for the header of the weights file.
  /// - Precondition: vocabulary and model have the same size and special tokens.
  /// - Throws: `FileError` or `VocabularyError` if a file cannot be written, `CheckpointError` if a weight cannot be
  ///   rounded.
  public func write(
    _ model: TrainedTransformer, as type: WeightType = .float32, pipeline: TextPipeline,
    metadata: [String: String] = [:]
  ) throws {
    try write(model, as: type, pipeline: pipeline, metadata: metadata, manifest: nil)
  }

  /// Writes everything that translation needs, and where the model comes from; see
  /// ``write(_:as:pipeline:metadata:)``.
  ///
  /// - Parameters:
  ///   - model: architecture and weights.
  ///   - type: the number type in which matrices are stored; nil if each has the type that it has in memory.
  ///   - pipeline: the vocabulary that the model was trained with.
  ///   - metadata: strings for the header of the weights file.
  ///   - contents: the contents of ``manifest``; nil keeps the file as it is.
  ///   - shortlistContents: the contents of ``shortlist``; nil removes it, since it belongs to the model.
  /// - Throws: see there.
  package func write(
    _ model: TrainedTransformer, as type: WeightType? = .float32, pipeline: TextPipeline,
    metadata: [String: String] = [:], manifest contents: [UInt8]?, shortlist shortlistContents: [UInt8]? = nil
  ) throws {
    precondition(
      mismatch(pipeline, model.architecture.configuration) == nil
        && pipeline.specialTokens.suit(model: model.architecture.configuration.specialTokens),
      "ModelFolder: vocabulary and model have different sizes or special tokens")
    try createFolder(path)
    let vocabulary = try pipeline.stage(in: path)
    // The Hugging Face libraries require this key.
    let metadata = metadata.merging(["format": "pt"]) { $1 }
    var files = try vocabulary + ModelFiles.stage(model, as: type, metadata: metadata, folder: path)
    if let shortlistContents { files.append(try stagedFile(path: shortlist, contents: shortlistContents)) }
    let records = try contents.map { [try stagedFile(path: manifest, contents: $0)] } ?? []
    // The checksums first: they match the files of before, too, whenever the rest is interrupted or read.
    try commitTogether([stagedChecksums(of: files)] + files + records)
    removeVocabularyFiles(except: vocabulary)
    if shortlistContents == nil { removeFile(shortlist) }
    // It says what probabilities of other weights are worth.
    removeFile(confidence)
  }

  /// Removes temporary files of programs that were killed while they wrote a model here.
  ///
  /// - Precondition: no other process writes to the folder.
  package func removeAbandonedFiles() {
    let own = [
      ModelFiles.configuration, ModelFiles.weights, FolderChecksums.name, Self.shortlistName, "training.json",
      Self.confidenceName,
    ]
    removeTemporaryFiles(in: path, of: TextPipeline.fileNames.union(own))
  }

  /// Removes files of a vocabulary that was here before, such as those of separate vocabularies next to a joint one.
  private func removeVocabularyFiles(except written: [AtomicFile]) {
    let names = Set(written.map(\.name))
    for name in TextPipeline.fileNames.subtracting(names) { removeFile("\(path)/\(name)") }
  }
}
