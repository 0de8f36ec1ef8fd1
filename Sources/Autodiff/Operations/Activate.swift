private import CKernels
public import Tensors

/// An activation function, applied to each element.
public enum Activation: String, Sendable, CaseIterable, Codable {
  /// max(0, x).
  case relu
  /// x · Φ(x), exact. Source: Hendrycks and Gimpel 2016.
  case gelu
  /// x · sigmoid(x), also called SiLU. Source: Ramachandran et al. 2017.
  case swish
  /// x · sigmoid(1.702 · x), an approximation of ``gelu``. Source: Hendrycks and Gimpel 2016, section 2.
  case geluSigmoid = "gelu by sigmoid"

  var code: Int32 {
    switch self {
    case .relu: Int32(ACTIVATION_RELU.rawValue)
    case .gelu: Int32(ACTIVATION_GELU.rawValue)
    case .swish: Int32(ACTIVATION_SWISH.rawValue)
    case .geluSigmoid: Int32(ACTIVATION_GELU_SIGMOID.rawValue)
    }
  }
}

extension Tape {
  /// Applies an activation function to each element.
  ///
  /// - Parameters:
  ///   - x: any shape. With ReLU its memory is reused for the result, so nothing else may read it.
  ///   - activation: which function.
  /// - Returns: the same shape.
  public func activate(_ x: Tensor, _ activation: Activation) -> Tensor {
    guard activation != .relu else { return rectifyInPlace(x) }
    let operation = begin(activation.rawValue)
    let y = makeTensor(x.shape)
    activation_forward(y.values, x.values, x.shape.count, activation.code)
    record(operation) {
      guard let dx = x.gradient, let dy = y.gradient else { return }
      activation_backward(dx, x.values, dy, x.shape.count, activation.code)
    }
    return y
  }

  /// ReLU needs neither a second buffer nor a second gradient: its output shows which inputs were cut off.
  private func rectifyInPlace(_ x: Tensor) -> Tensor {
    let operation = begin(Activation.relu.rawValue)
    activation_forward(x.values, x.values, x.shape.count, Activation.relu.code)
    record(operation) {
      guard let dx = x.gradient else { return }
      relu_mask(dx, x.values, x.shape.count)
    }
    return x
  }
}
