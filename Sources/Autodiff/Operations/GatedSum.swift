private import CKernels
public import Tensors

extension Tape {
  /// The sum of two tensors, each element times a gate: `sigmoid(gates[r][c]) · x + sigmoid(gates[r][columns + c]) · y`.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, columns]`.
  ///   - y: the same shape.
  ///   - gates: what goes through the sigmoid function, shape `[rows, 2 · columns]`: for `x`, then for `y`.
  /// - Returns: shape `[rows, columns]`.
  ///
  /// Source: Zhang, Xiong and Su 2018, "Accelerating Neural Transformer via an Average Attention Network", equations 2
  /// and 3.
  public func gatedSum(_ x: Tensor, _ y: Tensor, gates: Tensor) -> Tensor {
    let (rows, columns) = (x.shape.rows, x.shape.columns)
    precondition(
      y.shape == x.shape && gates.shape == [rows, 2 * columns],
      "gatedSum: \(x.shape), \(y.shape), gates \(gates.shape)")
    let operation = begin("gated sum")
    let sum = makeTensor(x.shape)
    gated_sum_forward(sum.values, x.values, y.values, gates.values, rows, columns)
    record(operation) {
      guard let dsum = sum.gradient else { return }
      // In this order: if x and y are one tensor, the second adds to the first.
      let (dx, dy, dgates) = (x.gradientTarget, y.gradientTarget, gates.gradientTarget)
      gated_sum_backward(
        dx?.elements, dx?.accumulates == false ? 1 : 0, dy?.elements, dy?.accumulates == false ? 1 : 0,
        dgates?.elements, dgates?.accumulates == false ? 1 : 0, dsum, x.values, y.values, gates.values, rows,
        columns)
    }
    return sum
  }
}
