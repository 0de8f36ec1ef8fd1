import Models
import Tensors

extension ModelConfiguration {
  /// The layer whose products stand for those of the model: the first of its feed-forward networks.
  var typicalLayer: ProductSpeed.Layer { ProductSpeed.Layer(inputs: size, outputs: innerSize) }
}
