private import CKernels
public import Tensors

extension Tape {
  /// Residual connection, dropout and layer normalization in one pass: `y = LayerNorm(residual + dropout(x))`.
  ///
  /// One pass over memory instead of three; this is the "Add & Norm" box of the paper's figure 1.
  ///
  /// - Parameters:
  ///   - x: the sublayer's output, shape `[rows, size]`; with nil, `y = LayerNorm(residual)`.
  ///   - residual: the sublayer's input, shape `[rows, size]`.
  ///   - gamma: the norm's scale, shape `[size]`.
  ///   - beta: the norm's offset, shape `[size]`, or nil for none.
  ///   - epsilon: added to the variance.
  ///   - dropoutRate: for `x`, `0 ..< 1`.
  /// - Returns: shape `[rows, size]`.
  ///
  /// Source: Vaswani et al. 2017, sections 3.1 and 5.4; Ba et al. 2016, "Layer Normalization".
  public func addAndNormalize(
    _ x: Tensor?, to residual: Tensor, gamma: Parameter, beta: Parameter?, epsilon: Float = 1e-5,
    dropoutRate: Float = 0
  ) -> Tensor {
    let (rows, size) = (residual.shape.rows, residual.shape.columns)
    precondition(
      (x.map { $0.shape == residual.shape } ?? true) && gamma.shape == [size]
        && beta.map { $0.shape == [size] } ?? true,
      "addAndNormalize: x \(x?.shape.description ?? "none"), residual \(residual.shape), gamma \(gamma.shape)"
    )
    let rate = x == nil ? 0 : activeRate(dropoutRate)
    let key = rate > 0 ? dropoutKey(rate) : 0
    let (g, b) = (tensor(gamma), beta.map { tensor($0) })
    let operation = begin("add and normalize")
    let y = makeTensor(residual.shape)
    let normalized = keepsDerivatives ? makeBuffer(y.shape.count) : nil
    let inverse = keepsDerivatives ? makeBuffer(rows) : nil
    add_norm_forward(
      y.values, normalized, inverse, residual.values, x?.values, g.values, b?.values, rows, size, epsilon,
      rate, key)

    record(operation) {
      guard let dy = y.gradient, let dresidual = residual.gradientTarget else { return }
      let dx = x?.gradientTarget
      add_norm_backward(
        dresidual.elements, dresidual.accumulates ? 0 : 1, dx?.elements, dx?.accumulates == false ? 1 : 0,
        g.gradient, b?.gradient, dy, normalized, inverse, g.values, rows, size, rate, key)
    }
    return y
  }

  /// The residual connection alone, for pre-norm layers: `y = residual + dropout(x)`.
  ///
  /// - Parameters:
  ///   - x: the sublayer's output, shape `[rows, size]`.
  ///   - residual: the same shape.
  ///   - dropoutRate: for `x`, `0 ..< 1`.
  /// - Returns: the same shape.
  public func add(_ x: Tensor, to residual: Tensor, dropoutRate: Float = 0) -> Tensor {
    precondition(x.shape == residual.shape, "add: x \(x.shape), residual \(residual.shape)")
    let dropped = dropout(x, rate: dropoutRate)
    let operation = begin("add")
    let y = makeTensor(x.shape)
    y.values.update(from: residual.values, count: y.shape.count)
    vector_add(y.values, dropped.values, y.shape.count)
    record(operation) {
      guard let dy = y.gradient else { return }
      if let dx = dropped.gradient { vector_add(dx, dy, y.shape.count) }
      if let dresidual = residual.gradient { vector_add(dresidual, dy, y.shape.count) }
    }
    return y
  }
}
