internal import Files
internal import ModelFormats

/// A checkpoint of JoeyNMT and the configuration beside it.
///
/// Source: joeynmt/joeynmt, `joeynmt/training.py`, `joeynmt/config.py`.
struct JoeyNMTCheckpoint {
  let path: String
  let configuration: YAMLNode
  let tensors: TensorFile

  /// The file of the configuration.
  var configurationPath: String { "\(path.folderOfPath)/config.yaml" }

  /// Reads a checkpoint as data, and `config.yaml`.
  ///
  /// - Throws: ``ModelConversionError`` for a file without tensors, or without a configuration; `FileError` for a damaged
  ///   one.
  init(path: String) throws {
    let archive = try TorchArchive(path: path)
    guard let weights = archive.root["model_state"], weights.pairs != nil else {
      throw ModelConversionError.unrecognized(
        path: path, expected: "a checkpoint of JoeyNMT, which has its tensors under 'model_state'")
    }
    let file = "\(path.folderOfPath)/config.yaml"
    guard fileExists(file) else {
      throw ModelConversionError.missingFile(
        path: path.folderOfPath, what: "config.yaml, which JoeyNMT writes beside its checkpoints,")
    }
    self.path = path
    configuration = try YAMLDocument(path: file).root
    tensors = try archive.tensorFile(of: weights)
  }

  /// Whether a checkpoint has this tensor.
  func has(_ name: String) -> Bool { tensors[name] != nil }

  /// The value at keys in each other; nil if it is missing or null.
  func value(_ keys: String...) -> YAMLNode? {
    var node: YAMLNode? = configuration
    for key in keys { node = node?[key] }
    return node?.isNull == true ? nil : node
  }
}
