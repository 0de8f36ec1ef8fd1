private import CKernels
public import Tensors

/// The projected rows of all past decoding steps of one self-attention layer.
///
/// Nothing is moved when hypotheses are reordered: each step's rows stay where they were written, and a
/// table of ancestors says which row of each step a hypothesis descends from.
public struct AttentionHistory {
  /// One tensor a step, shape `[hypotheses of that step, 3 · size]`: queries, keys and values.
  fileprivate var steps: [Tensor] = []

  /// A history of no steps.
  public init() {}

  /// Adds the newest step.
  public mutating func append(_ projected: Tensor) { steps.append(projected) }
}

extension Tape {
  /// Self-attention of one new position a hypothesis over its own past and itself.
  ///
  /// Inference only.
  ///
  /// - Parameters:
  ///   - history: the layer's steps, the newest last; its queries are the newest step's.
  ///   - ancestors: for each hypothesis and step the row it descends from, shape `[hypotheses, steps]`.
  ///   - heads: how many; divides the size.
  /// - Returns: shape `[hypotheses, size]`.
  public func attend(to history: AttentionHistory, ancestors: [Int32], heads: Int) -> Tensor {
    let count = history.steps.count
    guard let newest = history.steps.last, mode == .inference else {
      preconditionFailure("attend(to:) needs an inference tape and at least one step")
    }
    let (rows, size) = (newest.shape.rows, newest.shape.columns / 3)
    precondition(
      ancestors.count == rows * count, "attend: \(ancestors.count) ancestors for \(rows) × \(count)")
    let y = makeTensor([rows, size])
    let headSize = size / heads
    let scratch = makeBuffer(count + 16)
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>?.self, capacity: count) { past in
      for row in 0..<rows {
        for (index, step) in history.steps.enumerated() {
          let ancestor = Int(ancestors[row * count + index])
          precondition(0..<step.shape.rows ~= ancestor, "attend: ancestor \(ancestor) of \(step.shape.rows)")
          past[index] = UnsafePointer(step.values + ancestor * 3 * size)
        }
        for head in 0..<heads {
          attention_gathered(
            y.values + row * size + head * headSize, newest.values + row * 3 * size + head * headSize,
            past.baseAddress, size + head * headSize, 2 * size + head * headSize, count, headSize,
            1 / Float(headSize).squareRoot(), scratch)
        }
      }
    }
    return y
  }
}
