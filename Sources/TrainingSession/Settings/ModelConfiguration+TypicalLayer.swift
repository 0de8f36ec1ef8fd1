import Models
import Tensors

extension ModelConfiguration {
  /// The layer whose products stand for those of the model: the first of its feed-forward networks.
  ///
  /// - Parameter float32: how products of float32 are computed.
  /// - Returns: its shape, for `ProductSpeed`.
  func typicalLayer(_ float32: Float32Products) -> ProductSpeed.Layer {
    ProductSpeed.Layer(inputs: size, outputs: innerSize, float32: float32)
  }
}
