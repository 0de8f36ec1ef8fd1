public import Tensors

/// An error in the weights of a model folder.
public enum CheckpointError: Error, Equatable {
  /// A parameter of the architecture is not in the file.
  case missing(path: String, name: String)
  /// A parameter does not have the shape that the architecture requires.
  case wrongShape(path: String, name: String, found: [Int], expected: [Int])
  /// A parameter's numbers have an unsupported type.
  case wrongType(path: String, name: String, found: String, expected: String)
  /// A weight is NaN or infinite.
  case notFinite(path: String, name: String)
  /// An int8 parameter has no scales.
  case noScales(path: String, name: String, scales: String)
  /// Bytes or scales are out of range.
  case notSymmetric(path: String, name: String)
  /// A weight cannot be represented in a type.
  case notRepresentable(path: String, name: String, type: WeightType)
  /// The file has an unknown format.
  case unknownFormat(path: String, found: String, expected: String)
}

extension CheckpointError: CustomStringConvertible {
  /// File, parameter, what was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .missing(let path, let name):
      "'\(path)' has no tensor '\(name)', which the config.json next to it requires; the files are of different models"
    case .wrongShape(let path, let name, let found, let expected):
      """
      '\(path)': tensor '\(name)' has shape \(found), expected \(expected) by config.json and the vocabulary; \
      the files are of different models
      """
    case .wrongType(let path, let name, let found, let expected):
      "'\(path)': tensor '\(name)' has numbers of type \(found), expected \(expected); convert the model first"
    case .notFinite(let path, let name):
      "'\(path)': tensor '\(name)' has a value that is NaN or infinite; use an earlier checkpoint"
    case .noScales(let path, let name, let scales):
      "'\(path)': tensor '\(name)' is int8, but its scales, tensor '\(scales)', are missing; "
        + "convert the model again with quantize-model"
    case .notSymmetric(let path, let name):
      """
      '\(path)': tensor '\(name)' has the value -128 or a negative scale, expected values from -127 to 127 and scales \
      from 0; convert the model again with quantize-model
      """
    case .notRepresentable(let path, let name, let type):
      """
      '\(path)': tensor '\(name)' has a value that is NaN, infinite or too large for \(type.rawValue); \
      write float32, or use an earlier checkpoint
      """
    case .unknownFormat(let path, let found, let expected):
      "'\(path)' stores weights in format '\(found)', expected '\(expected)'; use a newer version of this program"
    }
  }
}
