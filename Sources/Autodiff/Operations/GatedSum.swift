private import CKernels
public import Tensors

extension Tape {
  /// The sum of two tensors, each element times a gate: `sigmoid(gates.x) · x + sigmoid(gates.y) · y`.
  ///
  /// - Parameters:
  ///   - x: any shape.
  ///   - y: the same shape.
  ///   - gates: what goes through the sigmoid function for each of them, of the same shape.
  /// - Returns: the same shape.
  ///
  /// Source: Zhang, Xiong and Su 2018, "Accelerating Neural Transformer via an Average Attention Network", equations 2
  /// and 3.
  public func gatedSum(_ x: Tensor, _ y: Tensor, gates: (x: Tensor, y: Tensor)) -> Tensor {
    precondition(
      [y.shape, gates.x.shape, gates.y.shape].allSatisfy { $0 == x.shape },
      "gatedSum: \(x.shape), \(y.shape), gates \(gates.x.shape), \(gates.y.shape)")
    let operation = begin("gated sum")
    let (sum, count) = (makeTensor(x.shape), x.shape.count)
    gated_sum_forward(sum.values, x.values, y.values, gates.x.values, gates.y.values, count)
    record(operation) {
      guard let dsum = sum.gradient else { return }
      for (x, gates) in [(x, gates.x), (y, gates.y)] {
        // In this order: if they are one tensor, the derivative by x is added to that by the gates.
        let dgates = gates.gradientTarget
        let dx = x.gradientTarget
        gated_backward(
          dx?.elements, dx?.accumulates == false ? 1 : 0, dgates?.elements,
          dgates?.accumulates == false ? 1 : 0, dsum, x.values, gates.values, count)
      }
    }
    return sum
  }
}
