package import Files
public import Tensors

/// The files of a model folder that hold the model itself.
public enum ModelFiles {
  /// The architecture.
  public static let configuration = "config.json"
  /// The weights.
  public static let weights = "model.safetensors"

  /// Reads architecture and weights.
  ///
  /// - Parameter folder: a folder that `train-translation` wrote.
  /// - Returns: the model, ready to decode with.
  /// - Throws: `FileError` or ``CheckpointError``, which name the file and what is wrong with it.
  public static func read(folder: String) throws -> TrainedTransformer {
    try read(folder: folder, isSummed: false).model
  }

  /// Reads architecture and weights.
  ///
  /// - Parameters:
  ///   - folder: see ``read(folder:)``.
  ///   - isSummed: whether the checksum of the weights file is wanted.
  ///   - mayMap: whether the weights may be mapped instead of read; see ``Transformer/readWeights(_:path:)``.
  /// - Returns: the model, and that checksum in the form of `fileSum(path:)`.
  /// - Throws: see ``read(folder:)``.
  package static func read(folder: String, isSummed: Bool, mayMap: Bool = true) throws
    -> (model: TrainedTransformer, sum: String?)
  {
    let architecture = Transformer(try readConfiguration(folder: folder))
    let path = "\(folder)/\(weights)"
    let file = try SafetensorsReader(path: path)
    let contents = try file.contents(mayMap: mayMap)
    let weights = try architecture.readWeights(file, contents, path: path)
    return (TrainedTransformer(architecture, weights: weights), isSummed ? contents.checksum : nil)
  }

  /// Reads the architecture alone.
  ///
  /// - Throws: `FileError`, which names the file and what is wrong with it.
  public static func readConfiguration(folder: String) throws -> ModelConfiguration {
    let path = "\(folder)/\(configuration)"
    try ConfigurationNumbers.check(readJSONTree(path: path), path: path)
    return try readJSON(path: path)
  }

  /// Writes architecture and weights, both files or none.
  ///
  /// - Parameters:
  ///   - model: what to write.
  ///   - type: the type of stored matrices, which are rounded if the model has more bits; biases and norms are float32.
  ///   - metadata: text entries for the header of the weights.
  ///   - folder: an existing folder.
  /// - Throws: `FileError` if a file cannot be written, ``CheckpointError`` if a weight cannot be rounded.
  public static func write(
    _ model: TrainedTransformer, as type: WeightType = .float32, metadata: [String: String] = [:],
    folder: String
  ) throws {
    try commitTogether(stage(model, as: type, metadata: metadata, folder: folder))
  }

  /// The complete files of ``write(_:as:metadata:folder:)`` with their checksums, not at their paths yet.
  ///
  /// - Parameters:
  ///   - model: what to write.
  ///   - type: see there; nil if each matrix has the type that it has in memory.
  ///   - metadata: see there.
  ///   - folder: an existing folder.
  /// - Returns: the architecture's file and the weights' file.
  /// - Throws: see there.
  package static func stage(
    _ model: TrainedTransformer, as type: WeightType? = .float32, metadata: [String: String] = [:],
    folder: String
  ) throws -> [AtomicFile] {
    let (architecture, path) = (model.architecture, "\(folder)/\(weights)")
    func stored(_ item: NamedParameter) -> WeightType {
      type ?? model.weights.type(of: item.parameter) ?? .float32
    }
    let tensors = StoredTensor.all(architecture.parameters, type: stored)
    let smallest = architecture.parameters.map(stored).min { $0.size < $1.size } ?? .float32
    let writer = try SafetensorsWriter(
      AtomicFile(path: path, isSummed: true), entries: tensors.map(\.entry),
      metadata: metadata.merging(WeightFormat.metadata(of: smallest)) { $1 })
    for tensor in tensors { try tensor.write(model.weights, to: writer, path: path) }
    let configurationPath = "\(folder)/\(configuration)"
    return [
      try stagedFile(
        path: configurationPath, contents: jsonContents(architecture.configuration, path: configurationPath)),
      try writer.finish(),
    ]
  }
}
