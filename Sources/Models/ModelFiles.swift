internal import Files
internal import Tensors

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
      architecture, weights: try architecture.readParameters(SafetensorsReader(path: path), path: path))
  }

  /// Reads the architecture alone.
  ///
  /// - Throws: `FileError`, which names the file and what is wrong with it.
  public static func readConfiguration(folder: String) throws -> ModelConfiguration {
    try readJSON(path: "\(folder)/\(configuration)")
  }

  /// Writes architecture and weights, each file whole or not at all.
  ///
  /// - Parameters:
  ///   - model: what to write.
  ///   - metadata: texts for the header of the weights.
  ///   - folder: exists.
  /// - Throws: `FileError` where a file cannot be written.
  public static func write(
    _ model: TrainedTransformer, metadata: [String: String] = [:], folder: String
  ) throws {
    try writeJSON(model.architecture.configuration, path: "\(folder)/\(configuration)")
    let architecture = model.architecture
    let writer = try SafetensorsWriter(
      path: "\(folder)/\(weights)", entries: architecture.entries(), metadata: metadata)
    try architecture.write(model.weights, to: writer)
    try writer.commit()
  }
}
