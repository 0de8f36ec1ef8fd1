private import CKernels
public import Tensors

extension Tape {
  /// Self-attention of one new position for each hypothesis over itself and its own past.
  ///
  /// Inference only.
  ///
  /// - Parameters:
  ///   - history: the layer's steps, the newest last; queries are those of the newest step.
  ///   - ancestors: for each hypothesis and step the row it descends from, shape `[hypotheses, steps]`.
  ///   - heads: how many; divides the size.
  /// - Returns: shape `[hypotheses, size]`.
  public func attend(to history: AttentionHistory, ancestors: [Int32], heads: Int) -> Tensor {
    let count = history.steps.count
    guard let newest = history.steps.last, mode == .inference else {
      preconditionFailure("attend(to:) needs an inference tape and at least one step")
    }
    let (rows, size) = (newest.shape.rows, newest.shape.columns / 3)
    let slopes = history.positions.slopes
    precondition(
      ancestors.count == rows * count && slopes?.count ?? heads == heads,
      "attend: \(ancestors.count) ancestors for \(rows) × \(count), \(heads) heads")
    let y = makeTensor([rows, size])
    var past = GatheredAttention(keys: count, heads: heads, slopes: slopes, size: size, on: self)
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

  /// Room for the weights of a ``SourceReading``.
  ///
  /// - Parameters:
  ///   - spans: those of the reading.
  ///   - heads: the heads whose mean is wanted, from 0; nil for all.
  /// - Returns: memory of this tape.
  public func makeAttentionWeights(of spans: [AttentionSpan], heads: [Int]? = nil) -> AttentionWeights {
    let rows = spans.reduce(0) { max($0, $1.queries.upperBound) }
    return AttentionWeights(
      means: makeTensor([rows, spans.reduce(0) { max($0, $1.keys.count) }]), heads: heads)
  }

  /// Attention of a few queries over many keys, such as one step's hypotheses over their sources.
  ///
  /// Inference only, without dropout. The result is that of ``attend(_:heads:spans:causal:positions:dropoutRate:)`` up
  /// to rounding; that one transposes the keys first, which pays off only if many queries read them.
  ///
  /// - Parameters:
  ///   - queries: shape `[rows, size]`.
  ///   - source: what they read.
  ///   - heads: how many; divides the size.
  /// - Returns: shape `[rows, size]`.
  public func attend(fewQueries queries: Tensor, to source: SourceReading, heads: Int) -> Tensor {
    let (keysAndValues, size) = (source.keysAndValues, queries.shape.columns)
    let longest = source.spans.reduce(0) { max($0, $1.keys.count) }
    precondition(
      mode == .inference && keysAndValues.shape.columns == 2 * size
        && source.weights.map { $0.fit(queries: queries.shape.rows, keys: longest, heads: heads) } ?? true,
      "attend: queries \(queries.shape), keys and values \(keysAndValues.shape), \(mode)")
    let y = makeTensor(queries.shape)
    var gathered = GatheredAttention(keys: longest, heads: heads, slopes: nil, size: size, on: self)
    for span in source.spans {
      precondition(
        span.queries.upperBound <= queries.shape.rows && span.keys.upperBound <= keysAndValues.shape.rows,
        "attend: \(span) outside of \(queries.shape), \(keysAndValues.shape)")
      gathered.keys = span.keys.count
      for (index, key) in span.keys.enumerated() {
        gathered.rows[index] = UnsafePointer(keysAndValues.values + key * 2 * size)
      }
      for row in span.queries {
        gathered.compute(
          queries.values + row * size, keyColumn: 0, valueColumn: size, into: y.values + row * size)
        source.weights.map {
          gathered.copyWeights(to: $0.means.values + row * $0.means.shape.columns, of: $0.heads)
        }
      }
    }
    return y
  }
}

extension AttentionWeights {
  fileprivate func fit(queries: Int, keys: Int, heads count: Int) -> Bool {
    means.shape.rows == queries && means.shape.columns >= keys
      && heads.map { !$0.isEmpty && $0.allSatisfy((0..<count).contains) } ?? true
  }
}

/// Runs the C kernel on one query row at a time, over keys and values anywhere in memory.
private struct GatheredAttention {
  /// The start of each key's row; the first ``keys`` of them are read.
  var rows: [UnsafePointer<Float>?]
  var keys: Int
  private let heads: Int
  /// How much each head's score falls per position of distance from the last key, which is the query's own.
  private let slopes: [Float]?
  private let headSize: Int
  private let scratch: UnsafeMutablePointer<Float>

  /// Room for at most `keys` keys; scratch memory comes from the tape.
  init(keys: Int, heads: Int, slopes: [Float]?, size: Int, on tape: Tape) {
    precondition(heads > 0 && size % heads == 0, "attend: \(heads) heads do not divide \(size)")
    rows = Array(repeating: nil, count: keys)
    (self.keys, self.heads, self.slopes, headSize) = (keys, heads, slopes, size / heads)
    scratch = tape.makeBuffer(heads * (keys + 15))
  }

  /// Copies the newest query's weights of its keys, the mean over some heads, or over all.
  func copyWeights(to mean: UnsafeMutablePointer<Float>, of chosen: [Int]?) {
    let width = (keys + 15) / 16 * 16
    let chosen = chosen ?? Array(0..<heads)
    for key in 0..<keys {
      mean[key] = chosen.reduce(0) { $0 + scratch[$1 * width + key] } / Float(chosen.count)
    }
  }

  func compute(
    _ query: UnsafePointer<Float>, keyColumn: Int, valueColumn: Int, into y: UnsafeMutablePointer<Float>
  ) {
    attention_gathered(
      y, query, rows, keyColumn, valueColumn, keys, heads, headSize, 1 / Float(headSize).squareRoot(), slopes,
      scratch)
  }
}
