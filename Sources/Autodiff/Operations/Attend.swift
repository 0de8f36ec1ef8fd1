private import CKernels
public import Tensors

/// Which rows of queries read which rows of keys: one sentence, or the hypotheses of one.
public struct AttentionSpan: Sendable, Equatable {
  /// Rows of the query tensor.
  public let queries: Range<Int>
  /// Rows of the key tensor that those queries may read.
  public let keys: Range<Int>

  /// The queries `queries` read the keys `keys`, and no others.
  public init(queries: Range<Int>, keys: Range<Int>) { (self.queries, self.keys) = (queries, keys) }

  /// Pairs of a query and a key that it reads.
  func pairs(causal: Bool) -> Int {
    guard causal else { return queries.count * keys.count }
    // Query i reads i + 1 keys, and all of them where there are no more.
    let growing = min(queries.count, keys.count)
    return growing * (growing + 1) / 2 + (queries.count - growing) * keys.count
  }
}

extension [AttentionSpan] {
  /// Each row's index in its span.
  fileprivate func positions(rows: Int) -> [Int32] {
    var result = [Int32](repeating: 0, count: rows)
    for span in self {
      for (position, row) in span.queries.enumerated() { result[row] = Int32(position) }
    }
    return result
  }
}

/// Queries, keys and values as columns of two tensors, the way fused projections leave them.
public struct AttentionInputs {
  let queries: Tensor
  let keysAndValues: Tensor
  let queryColumn: Int
  let keyColumn: Int
  let valueColumn: Int
  let size: Int

  /// Whether queries, keys and values are columns of one tensor.
  var isSelfAttention: Bool { queries.values == keysAndValues.values }

  /// The name in profiles: how much is read decides the speed.
  func name(causal: Bool) -> String {
    guard isSelfAttention else { return "attend, cross" }
    return causal ? "attend, causal" : "attend, self"
  }

  /// Self-attention: one tensor holds queries, keys and values side by side, shape `[rows, 3 · size]`.
  public init(selfAttention projected: Tensor) {
    precondition(projected.shape.columns % 3 == 0, "attend: \(projected.shape) is not three projections")
    (queries, keysAndValues) = (projected, projected)
    size = projected.shape.columns / 3
    (queryColumn, keyColumn, valueColumn) = (0, size, 2 * size)
  }

  /// Cross-attention: queries of shape `[rows, size]`, keys and values of shape `[otherRows, 2 · size]`.
  public init(queries: Tensor, keysAndValues: Tensor) {
    precondition(
      keysAndValues.shape.columns == 2 * queries.shape.columns,
      "attend: queries \(queries.shape), keys and values \(keysAndValues.shape)")
    (self.queries, self.keysAndValues) = (queries, keysAndValues)
    size = queries.shape.columns
    (queryColumn, keyColumn, valueColumn) = (0, 0, size)
  }
}

extension Tape {
  /// Multi-head scaled dot-product attention, `softmax(q · kᵀ / √headSize) · v`, inside each span.
  ///
  /// A span is what a padding mask is in a padded batch: rows outside of it are not read at all, so nothing
  /// that stands there can change a result.
  ///
  /// - Parameters:
  ///   - inputs: projected queries, keys and values; the head's parts lie side by side in the columns.
  ///   - heads: how many; divides the size.
  ///   - spans: which queries read which keys; every query row is in one span.
  ///   - causal: query i of a span reads its keys 0 ... i only.
  ///   - positions: how self-attention accounts for them. Rotary ones turn the queries and keys of `inputs` in place.
  ///   - dropoutRate: for the attention weights, `0 ..< 1`.
  ///   - guide: compares the weights with what they should be, in training; its derivatives are added to theirs.
  /// - Returns: shape `[query rows, size]`.
  /// - Complexity: 4 · size FLOP forward for each key that a query reads, twice that backward.
  ///
  /// Source: Vaswani et al. 2017, section 3.2.
  public func attend(
    _ inputs: AttentionInputs, heads: Int, spans: [AttentionSpan], causal: Bool,
    positions: AttentionPositions = .none, dropoutRate: Float = 0, guide: AttentionGuide? = nil
  ) -> Tensor {
    precondition(inputs.size % heads == 0, "attend: \(heads) heads do not divide \(inputs.size)")
    precondition(inputs.isSelfAttention || positions.isNone, "attend: positions in cross-attention")
    rotate(inputs.queries, by: positions) { spans.positions(rows: inputs.queries.shape.rows) }
    let operation = begin(
      inputs.name(causal: causal),
      flop: 4 * inputs.size * spans.reduce(0) { $0 + $1.pairs(causal: causal) })
    let y = makeTensor([inputs.queries.shape.rows, inputs.size])
    let rate = activeRate(dropoutRate)
    let key = rate > 0 ? dropoutKey(rate) : 0
    let kernel = AttentionKernel(inputs: inputs, heads: heads, causal: causal, rate: rate)
    let scratch = makeBuffer(kernel.scratch(spans))
    let weights = keepsDerivatives ? makeBuffer(kernel.weights(spans)) : nil
    kernel.forEachHead(spans, key: key) { head in
      kernel.forward(head, into: y, weights: weights, scratch: scratch)
    }
    guard let weights else { return y }
    let guidance = guide.map { $0.compare(weights, heads: heads, spans: spans, on: self) }
    record(operation) {
      kernel.forEachHead(spans, key: key) { head in
        kernel.backward(head, from: y, weights: weights, guidance: guidance?.of(head), scratch: scratch)
      }
    }
    return y
  }
}

/// Floats that attention needs beside its results, for a span of so many queries and keys.
package func attentionScratch(queries: Int, keys: Int, headSize: Int) -> Int {
  attention_scratch(queries, keys, headSize)
}

/// One span and head at a time, by the C kernel.
struct AttentionKernel {
  let inputs: AttentionInputs
  let heads: Int
  let causal: Bool
  let rate: Float

  /// A head of a span: where it reads, where its weights lie, which mask it drops with.
  struct Head {
    let span: AttentionSpan
    /// Its number among the span's heads.
    let number: Int
    let column: Int
    /// Queries × keys of the spans before it.
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
        // The offset is unique to the head, and so is its mask.
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
      causal ? 1 : 0, rate, head.key, scratch)
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
