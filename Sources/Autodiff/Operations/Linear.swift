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

  var code: Int32 {
    switch self {
    case .relu: Int32(ACTIVATION_RELU.rawValue)
    case .gelu: Int32(ACTIVATION_GELU.rawValue)
    case .swish: Int32(ACTIVATION_SWISH.rawValue)
    }
  }
}

extension Tape {
  /// The affine map `y = x · Wᵀ + b`, row by row.
  ///
  /// - Parameters:
  ///   - x: inputs, shape `[rows, inputSize]`.
  ///   - weight: `W`, shape `[outputSize, inputSize]`.
  ///   - bias: `b`, shape `[outputSize]`, or nil for none.
  /// - Returns: `y`, shape `[rows, outputSize]`.
  /// - Precondition: the shapes agree; they come from the model, so a mismatch is a bug, not an error.
  /// - Complexity: 2 · rows · inputSize · outputSize FLOP forward, twice that backward.
  public func linear(_ x: Tensor, weight: Parameter, bias: Parameter?) -> Tensor {
    precondition(
      weight.shape.columns == x.shape.columns && (bias.map { $0.shape.count == weight.shape.rows } ?? true),
      "linear: x \(x.shape), weight \(weight.shape), bias \(bias?.shape.description ?? "none")")
    let operation = begin(
      "linear", from: x.shape.columns, to: weight.shape.rows,
      flop: 2 * x.shape.rows * x.shape.columns * weight.shape.rows)
    let y = makeTensor([x.shape.rows, weight.shape.rows])
    let b = bias.map { tensor($0) }
    if let packed {
      packed.multiply(x.values, rows: x.shape.rows, weight: weight, bias: b?.values, into: y.values)
      end(operation)
      return y
    }
    let w = tensor(weight)
    multiplier.project(x.matrix, weight: weight, w.matrix, bias: b?.values, to: y.matrix)

    record(operation) { [multiplier] in
      guard let dy = y.gradientMatrix else { return }
      if let dx = x.gradientTarget {
        multiplier.addProduct(
          dy, weight: weight, w.matrix,
          to: Matrix(dx.elements, rows: x.shape.rows, columns: x.shape.columns), accumulate: dx.accumulates)
      }
      if let dw = w.gradientMatrix { multiplier.addProduct(dy.transposed, x.matrix, to: dw) }
      if let db = b?.gradient { rows_sum(db, dy.elements, dy.rows, dy.columns) }
    }
    return y
  }

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
