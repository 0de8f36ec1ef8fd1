private import CKernels
public import Tensors

extension Tape {
  /// Multi-head scaled dot-product attention, `softmax(q · kᵀ / √headSize) · v`, inside each span.
  ///
  /// Spans take the place of padding masks: rows outside of a span are never read, so they cannot affect its results.
  ///
  /// - Parameters:
  ///   - inputs: projected queries, keys and values; the parts of each head are side by side in the columns.
  ///   - heads: how many; divides the size.
  ///   - spans: which queries read which keys; every query row is in one span.
  ///   - causal: whether query i of a span reads only its keys 0 ... i.
  ///   - positions: how self-attention accounts for them. Rotary ones turn the queries and keys of `inputs` in place.
  ///   - dropoutRate: for the attention weights, `0 ..< 1`.
  /// - Returns: shape `[query rows, size]`.
  /// - Complexity: 4 · size FLOP forward for each key that a query reads, twice that backward.
  ///
  /// Source: Vaswani et al. 2017, section 3.2.
  public func attend(
    _ inputs: AttentionInputs, heads: Int, spans: [AttentionSpan], causal: Bool,
    positions: AttentionPositions = .none, dropoutRate: Float = 0
  ) -> Tensor {
    attend(
      inputs, heads: heads, spans: spans, causal: causal, positions: positions, dropoutRate: dropoutRate,
      guide: nil
    ).output
  }

  /// The same attention with a guide.
  ///
  /// - Parameters:
  ///   - inputs: projected queries, keys and values.
  ///   - heads: how many; divides the size.
  ///   - spans: which queries read which keys; every query row is in one span.
  ///   - causal: whether query i of a span reads only its keys 0 ... i.
  ///   - positions: how self-attention accounts for them.
  ///   - dropoutRate: for the attention weights, `0 ..< 1`.
  ///   - guide: compares the weights with what they should be, on a training tape; its derivatives are added to theirs.
  /// - Returns: the output, shape `[query rows, size]`, and the guide's loss; 0 if nothing was compared.
  public func attend(
    _ inputs: AttentionInputs, heads: Int, spans: [AttentionSpan], causal: Bool,
    positions: AttentionPositions = .none, dropoutRate: Float = 0, guide: AttentionGuide?
  ) -> (output: Tensor, guideLoss: Double) {
    precondition(inputs.size % heads == 0, "attend: \(heads) heads do not divide \(inputs.size)")
    precondition(
      (inputs.isSelfAttention || positions.isNone) && positions.slopes?.count ?? heads == heads,
      "attend: positions in cross-attention, or slopes of other than \(heads) heads")
    rotate(inputs.queries, by: positions) { spans.positions(rows: inputs.queries.shape.rows) }
    let operation = begin(
      inputs.name(causal: causal),
      flop: 4 * inputs.size * spans.reduce(0) { $0 + $1.pairs(causal: causal) })
    let y = makeTensor([inputs.queries.shape.rows, inputs.size])
    let rate = activeRate(dropoutRate)
    let key = rate > 0 ? dropoutKey(rate) : 0
    let kernel = AttentionKernel(
      inputs: inputs, heads: heads, slopes: positions.slopes, causal: causal, rate: rate)
    let scratch = makeBuffer(kernel.scratch(spans))
    let weights = keepsDerivatives ? makeBuffer(kernel.weights(spans)) : nil
    kernel.forEachHead(spans, key: key) { head in
      kernel.forward(head, into: y, weights: weights, scratch: scratch)
    }
    let guidance = weights.flatMap { weights in
      guide?.compare(weights, heads: heads, spans: spans, on: self)
    }
    record(operation) {
      guard let weights else { return }
      kernel.forEachHead(spans, key: key) { head in
        kernel.backward(head, from: y, weights: weights, guidance: guidance?.of(head), scratch: scratch)
      }
    }
    return (y, guidance?.loss ?? 0)
  }
}

/// The number of floats of scratch memory that attention needs for a span of so many queries and keys.
package func attentionScratch(queries: Int, keys: Int, headSize: Int) -> Int {
  attention_scratch(queries, keys, headSize)
}

/// Runs the C kernel on one span and head at a time.
struct AttentionKernel {
  let inputs: AttentionInputs
  let heads: Int
  /// See ``AttentionPositions/slopes``.
  let slopes: [Float]?
  let causal: Bool
  let rate: Float

  /// A head of a span: where it reads, where its weights are, and the key of its dropout mask.
  struct Head {
    let span: AttentionSpan
    /// Its index among the heads.
    let number: Int
    let column: Int
    /// Queries × keys, summed over the spans before it.
    let pairsBefore: Int
    let weightOffset: Int
    let key: UInt64
  }

  var headSize: Int { inputs.size / heads }
  var scale: Float { 1 / Float(headSize).squareRoot() }

  func scratch(_ spans: [AttentionSpan]) -> Int {
    spans.reduce(0) {
      max($0, attentionScratch(queries: $1.queries.count, keys: $1.keys.count, headSize: headSize))
    }
  }

  func weights(_ spans: [AttentionSpan]) -> Int {
    spans.reduce(0) { $0 + heads * $1.queries.count * $1.keys.count }
  }

  func forEachHead(_ spans: [AttentionSpan], key: UInt64, _ body: (Head) -> Void) {
    var (offset, pairs) = (0, 0)
    for span in spans {
      precondition(
        span.queries.upperBound <= inputs.queries.shape.rows
          && span.keys.upperBound <= inputs.keysAndValues.shape.rows,
        "attend: \(span) outside of \(inputs.queries.shape), \(inputs.keysAndValues.shape)")
      for head in 0..<heads {
        // The offset is unique to this span and head, and so is the mask.
        body(
          Head(
            span: span, number: head, column: head * headSize, pairsBefore: pairs, weightOffset: offset,
            key: key &+ UInt64(offset) &* 0x9E37_79B9_7F4A_7C15))
        offset += span.queries.count * span.keys.count
      }
      pairs += span.queries.count * span.keys.count
    }
  }

  func forward(
    _ head: Head, into y: Tensor, weights: UnsafeMutablePointer<Float>?, scratch: UnsafeMutablePointer<Float>
  ) {
    let (q, k, v) = operands(head, inputs.queries.values, inputs.keysAndValues.values)
    attention_forward(
      y.values + head.span.queries.lowerBound * inputs.size + head.column, inputs.size,
      weights.map { $0 + head.weightOffset }, q, inputs.queries.shape.columns, k, v,
      inputs.keysAndValues.shape.columns, head.span.queries.count, head.span.keys.count, headSize, scale,
      slopes?[head.number] ?? 0, causal ? 1 : 0, rate, head.key, scratch)
  }

  func backward(
    _ head: Head, from y: Tensor, weights: UnsafeMutablePointer<Float>, guidance: UnsafePointer<Float>?,
    scratch: UnsafeMutablePointer<Float>
  ) {
    guard let dy = y.gradient, let dqueries = inputs.queries.gradient,
      let dkeysAndValues = inputs.keysAndValues.gradient
    else { return }
    let (q, k, v) = operands(head, inputs.queries.values, inputs.keysAndValues.values)
    let (dq, dk, dv) = operands(head, dqueries, dkeysAndValues)
    attention_backward(
      dq, dk, dv, dy + head.span.queries.lowerBound * inputs.size + head.column, inputs.size,
      weights + head.weightOffset, guidance, q, inputs.queries.shape.columns, k, v,
      inputs.keysAndValues.shape.columns,
      head.span.queries.count, head.span.keys.count, headSize, scale, causal ? 1 : 0, rate, head.key, scratch)
  }

  private func operands(
    _ head: Head, _ queries: UnsafeMutablePointer<Float>, _ keysAndValues: UnsafeMutablePointer<Float>
  ) -> (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) {
    let keyRow = keysAndValues + head.span.keys.lowerBound * inputs.keysAndValues.shape.columns + head.column
    return (
      queries + head.span.queries.lowerBound * inputs.queries.shape.columns + inputs.queryColumn
        + head.column,
      keyRow + inputs.keyColumn, keyRow + inputs.valueColumn
    )
  }
}
