internal import Models
internal import Tensors
internal import Training

/// The size of a model's files.
package struct DiskDescription: Codable, Sendable, Equatable {
  /// The weights in one type.
  package struct Weights: Codable, Sendable, Equatable {
    /// The type of the matrices; biases and norms are float32.
    package var type: String
    /// Bytes of the file.
    package var bytes: Int
  }

  /// The weights by type.
  package var weights: [Weights]
  /// Bytes of a checkpoint of a training: weights, optimizer and average.
  package var checkpoint: Int

  /// The sizes of a model's files.
  init(_ model: Transformer, _ options: TrainerOptions) {
    weights = WeightType.allCases.map { type in
      Weights(type: type.rawValue, bytes: model.parameters.reduce(8) { $0 + fileBytes($1, type) })
    }
    checkpoint = options.checkpointSize(of: model.configuration)
  }
}

/// The bytes of a parameter: its numbers, and its entry in the header of the file.
private func fileBytes(_ parameter: NamedParameter, _ type: WeightType) -> Int {
  let entry = parameter.name.utf8.count + bytesOfEntry
  let count = parameter.range.count
  guard parameter.extents.count > 1 else { return 4 * count + entry }
  return switch type {
  case .float32: 4 * count + entry
  case .bfloat16: 2 * count + entry
  // The scales of the rows are a tensor of their own.
  case .int8: count + 4 * parameter.extents[0] + 2 * entry
  }
}

/// Type, shape and place of a tensor in the header, as JSON.
private let bytesOfEntry = 72
