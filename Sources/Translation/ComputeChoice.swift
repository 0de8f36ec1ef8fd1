internal import Models
internal import Tensors

/// How a translator chooses what its matrix products compute with; see `ComputeType`.
public enum ComputeChoice: String, Sendable, CaseIterable {
  /// As the model's weights are stored: int8 for weights of bytes, float32 for all others.
  case stored
  /// 32-bit floats, also for weights of bytes.
  case float32
  /// Bytes, also for weights that are stored as floats: they are rounded when they are first used.
  case int8
  /// Whatever is faster on this machine, by a product that is measured for a few milliseconds, once for each process.
  case auto

  /// A model that computes as chosen.
  func applied(to model: TrainedTransformer) -> TrainedTransformer {
    model.computing(in: type(for: model))
  }

  private func type(for model: TrainedTransformer) -> ComputeType {
    switch self {
    case .stored: model.hasInt8Weights ? .int8 : .float32
    case .auto: ComputeType.faster(size: model.architecture.configuration.size)
    case .float32: .float32
    case .int8: .int8
    }
  }
}
