internal import Files
internal import Layers
internal import Models

/// `config.json` of Hugging Face's Marian, whose keys are ours.
enum HuggingFaceConfiguration {
  /// Reads the architecture.
  ///
  /// - Throws: ``ModelConversionError`` for another architecture, `FileError` for a damaged file.
  static func read(folder: String) throws -> ModelConfiguration {
    let path = "\(folder)/\(ModelFiles.configuration)"
    let tree = try readJSONTree(path: path)
    guard case .string(let type)? = tree["model_type"], type == "marian" else {
      throw ModelConversionError.unsupported(
        path: path, what: "model_type '\(tree["model_type"]?.words ?? "missing")'",
        advice: "'marian' is supported")
    }
    var configuration = try ModelFiles.readConfiguration(folder: folder)
    // The key is ours.
    if tree["position_layout"] == nil { configuration.positionLayout = .halves }
    return configuration
  }
}
