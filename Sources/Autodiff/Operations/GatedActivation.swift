private import CKernels
public import Tensors

extension Tape {
  /// A gated linear unit: the activation of one half of the columns, times the other half.
  ///
  /// `y[r][c] = activation(x[r][c]) · x[r][columns + c]`. Both halves come from one product, and neither the
  /// activation's value nor its slope is kept.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, 2 · columns]`.
  ///   - activation: of the first half.
  /// - Returns: shape `[rows, columns]`.
  ///
  /// Source: Shazeer 2020, "GLU Variants Improve Transformer", equation 5.
  public func gatedActivation(_ x: Tensor, _ activation: Activation) -> Tensor {
    precondition(x.shape.columns % 2 == 0, "gatedActivation: \(x.shape) has no two halves")
    let (rows, columns) = (x.shape.rows, x.shape.columns / 2)
    let operation = begin("\(activation.rawValue), gated")
    let y = makeTensor([rows, columns])
    gated_activation_forward(y.values, x.values, rows, columns, activation.code)
    record(operation) {
      guard let dx = x.gradientTarget, let dy = y.gradient else { return }
      gated_activation_backward(
        dx.elements, dx.accumulates ? 0 : 1, x.values, dy, rows, columns, activation.code)
    }
    return y
  }
}
