package import Models
internal import Tensors

extension TrainerOptions {
  /// The bytes of a checkpoint: weights, optimizer state and moving average, without its header.
  package func checkpointSize(of model: ModelConfiguration) -> Int {
    let state = optimizer.stateCount(for: Transformer(model).parameters)
    let copies = averageDecay > 0 ? 2 : 1
    return (copies * model.parameterCount + state) * MemoryLayout<Float>.size
  }
}
