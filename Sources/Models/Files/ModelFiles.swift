internal import Files
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
    let architecture = Transformer(try readConfiguration(folder: folder))
    let path = "\(folder)/\(weights)"
    return TrainedTransformer(
      architecture, weights: try architecture.readWeights(SafetensorsReader(path: path), path: path))
  }

  /// Reads the architecture alone.
  ///
  /// - Throws: `FileError`, which names the file and what is wrong with it.
  public static func readConfiguration(folder: String) throws -> ModelConfiguration {
    try readJSON(path: "\(folder)/\(configuration)")
  }

  /// Writes architecture and weights, each file completely or not at all.
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
    let (architecture, path) = (model.architecture, "\(folder)/\(weights)")
    let tensors = StoredTensor.all(architecture.parameters, as: type)
    let writer = try SafetensorsWriter(
      path: path, entries: tensors.map(\.entry),
      metadata: metadata.merging(WeightFormat.metadata(of: type)) { $1 })
    for tensor in tensors { try tensor.write(model.weights, to: writer, path: path) }
    // Only now: a weight that cannot be rounded must not leave a new configuration next to old weights.
    try writeJSON(architecture.configuration, path: "\(folder)/\(configuration)")
    try writer.commit()
  }
}
