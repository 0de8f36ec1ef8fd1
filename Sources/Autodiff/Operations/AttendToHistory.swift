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

  /// Steps so far: the position of the next one.
  public var count: Int { steps.count }

  /// Adds the newest step.
  ///
  /// - Parameters:
  ///   - projected: its queries, keys and values, in memory that lives as long as the history.
  ///   - positions: how self-attention accounts for them. Rotary ones turn the queries and keys of `projected` in place.
  ///   - tape: where the work is recorded.
  public mutating func append(_ projected: Tensor, positions: AttentionPositions = .none, on tape: Tape) {
    tape.rotate(projected, by: positions) {
      Array(repeating: Int32(count), count: projected.shape.rows)
    }
    steps.append(projected)
  }
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
    var past = GatheredAttention(keys: count, heads: heads, size: size, on: self)
    for row in 0..<rows {
      for (index, step) in history.steps.enumerated() {
        let ancestor = Int(ancestors[row * count + index])
        precondition(0..<step.shape.rows ~= ancestor, "attend: ancestor \(ancestor) of \(step.shape.rows)")
        past.rows[index] = UnsafePointer(step.values + ancestor * 3 * size)
      }
      past.compute(
        newest.values + row * 3 * size, keyColumn: size, valueColumn: 2 * size, into: y.values + row * size)
    }
    return y
  }

  /// Attention of a few queries over many keys, such as one step's hypotheses over their sources.
  ///
  /// Inference only, without dropout. The same numbers as ``attend(_:heads:spans:causal:dropoutRate:)``, but
  /// for the last bits: that transposes the keys first, which pays only where many queries read them.
  ///
  /// - Parameters:
  ///   - queries: shape `[rows, size]`.
  ///   - keysAndValues: side by side, shape `[otherRows, 2 · size]`.
  ///   - heads: how many; divides the size.
  ///   - spans: which queries read which keys; every query row is in one span.
  /// - Returns: shape `[rows, size]`.
  public func attend(
    fewQueries queries: Tensor, keysAndValues: Tensor, heads: Int, spans: [AttentionSpan]
  ) -> Tensor {
    let size = queries.shape.columns
    precondition(
      mode == .inference && keysAndValues.shape.columns == 2 * size,
      "attend: queries \(queries.shape), keys and values \(keysAndValues.shape), \(mode)")
    let y = makeTensor(queries.shape)
    let longest = spans.reduce(0) { max($0, $1.keys.count) }
    var source = GatheredAttention(keys: longest, heads: heads, size: size, on: self)
    for span in spans {
      precondition(
        span.queries.upperBound <= queries.shape.rows && span.keys.upperBound <= keysAndValues.shape.rows,
        "attend: \(span) outside of \(queries.shape), \(keysAndValues.shape)")
      source.keys = span.keys.count
      for (index, key) in span.keys.enumerated() {
        source.rows[index] = UnsafePointer(keysAndValues.values + key * 2 * size)
      }
      for row in span.queries {
        source.compute(
          queries.values + row * size, keyColumn: 0, valueColumn: size, into: y.values + row * size)
      }
    }
    return y
  }
}

/// One query row at a time over keys and values that lie anywhere.
private struct GatheredAttention {
  /// Where each key's row starts; the first ``keys`` of them are read.
  var rows: [UnsafePointer<Float>?]
  var keys: Int
  private let heads: Int
  private let headSize: Int
  private let scratch: UnsafeMutablePointer<Float>

  /// Room for at most `keys` keys; the scratch memory comes from the tape.
  init(keys: Int, heads: Int, size: Int, on tape: Tape) {
    precondition(heads > 0 && size % heads == 0, "attend: \(heads) heads do not divide \(size)")
    rows = Array(repeating: nil, count: keys)
    (self.keys, self.heads, headSize) = (keys, heads, size / heads)
    scratch = tape.makeBuffer(heads * (keys + 15))
  }

  func compute(
    _ query: UnsafePointer<Float>, keyColumn: Int, valueColumn: Int, into y: UnsafeMutablePointer<Float>
  ) {
    attention_gathered(
      y, query, rows, keyColumn, valueColumn, keys, heads, headSize, 1 / Float(headSize).squareRoot(), scratch
    )
  }
}
