public import Autodiff
private import Foundation

/// What operations should compute, written for the eye, not for the processor.
public enum Reference {
  /// `x · wᵀ + b`; `b` has one row.
  public static func affine(_ x: Grid, _ w: Grid, _ b: Grid? = nil) -> Grid {
    Grid(x.rows, w.rows) { row, output in
      (0..<x.columns).reduce(b?[0, output] ?? 0) { $0 + x[row, $1] * w[output, $1] }
    }
  }

  /// `a · b`.
  public static func product(_ a: Grid, _ b: Grid) -> Grid {
    Grid(a.rows, b.columns) { row, column in
      (0..<a.columns).reduce(0) { $0 + a[row, $1] * b[$1, column] }
    }
  }

  /// Element by element `a + b`.
  public static func sum(_ a: Grid, _ b: Grid) -> Grid {
    Grid(a.rows, a.columns) { a[$0, $1] + b[$0, $1] }
  }

  /// exp(x) over its sum.
  public static func softmax(_ x: [Double]) -> [Double] {
    let best = x.max() ?? 0
    let powers = x.map { exp($0 - best) }
    let total = powers.reduce(0, +)
    return powers.map { $0 / total }
  }

  /// An activation function.
  public static func activation(_ x: Double, _ activation: Activation) -> Double {
    switch activation {
    case .relu: max(0, x)
    case .gelu: x * erfc(-x / 2.0.squareRoot()) / 2
    case .swish: x / (1 + exp(-x))
    case .geluSigmoid: x / (1 + exp(-1.702 * x))
    }
  }

  /// The first half of the columns through an activation, times the second half.
  public static func gated(_ x: Grid, _ function: Activation) -> Grid {
    let columns = x.columns / 2
    return Grid(x.rows, columns) { activation(x[$0, $1], function) * x[$0, columns + $1] }
  }

  /// The first columns turned pair by pair, each head by the same angles.
  public static func rotated(_ x: Grid, columns: Int, headSize: Int, positions: [Int32], halves: Bool) -> Grid
  {
    var y = x
    for row in 0..<x.rows {
      for head in stride(from: 0, to: columns, by: headSize) {
        for pair in 0..<headSize / 2 {
          let first = head + (halves ? pair : 2 * pair)
          let second = head + (halves ? headSize / 2 + pair : 2 * pair + 1)
          let angle = Double(positions[row]) / pow(10_000, 2 * Double(pair) / Double(headSize))
          y[row, first] = x[row, first] * cos(angle) - x[row, second] * sin(angle)
          y[row, second] = x[row, first] * sin(angle) + x[row, second] * cos(angle)
        }
      }
    }
    return y
  }

  /// Every row to mean 0 and variance 1, then scaled and, where there is a `beta`, offset.
  public static func layerNorm(_ x: Grid, gamma: Grid, beta: Grid? = nil, epsilon: Double = 1e-5) -> Grid {
    var y = x
    for row in 0..<x.rows {
      let values = (0..<x.columns).map { x[row, $0] }
      let mean = values.reduce(0, +) / Double(x.columns)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.columns)
      for column in 0..<x.columns {
        y[row, column] =
          (x[row, column] - mean) / (variance + epsilon).squareRoot() * gamma[0, column]
          + (beta?[0, column] ?? 0)
      }
    }
    return y
  }

  /// Multi-head attention inside each span; rows outside of all spans stay 0.
  ///
  /// Slopes, one for each head, lower scores with the distance between a query's index in its span and a key's.
  public static func attention(
    _ q: Grid, _ k: Grid, _ v: Grid, heads: Int, spans: [AttentionSpan], causal: Bool, slopes: [Float]? = nil
  ) -> Grid {
    var y = Grid(q.rows, q.columns)
    let headSize = q.columns / heads
    for span in spans {
      for (index, query) in span.queries.enumerated() {
        let keys = causal ? span.keys.prefix(index + 1) : span.keys[...]
        for head in 0..<heads {
          let columns = head * headSize..<(head + 1) * headSize
          let scores = keys.map { key in
            columns.reduce(0) { $0 + q[query, $1] * k[key, $1] } / Double(headSize).squareRoot()
              - Double(slopes?[head] ?? 0) * Double(abs(index - (key - span.keys.lowerBound)))
          }
          for (weight, key) in zip(softmax(scores), keys) {
            for column in columns { y[query, column] += weight * v[key, column] }
          }
        }
      }
    }
    return y
  }

  /// The label-smoothed cross-entropy of logits, summed over rows, with its derivative.
  public static func crossEntropy(_ logits: Grid, targets: [Int32], smoothing: Double) -> (
    loss: Double, negativeLogLikelihood: Double, derivative: Grid
  ) {
    var (loss, likelihood, derivative) = (0.0, 0.0, logits)
    for (row, target) in targets.enumerated() {
      let values = (0..<logits.columns).map { logits[row, $0] }
      let best = values.max() ?? 0
      let logTotal = best + log(values.reduce(0) { $0 + exp($1 - best) })
      likelihood += logTotal - values[Int(target)]
      for column in 0..<logits.columns {
        let wanted =
          smoothing / Double(logits.columns) + (column == Int(target) ? 1 - smoothing : 0)
        loss += wanted * (logTotal - values[column])
        derivative[row, column] = exp(values[column] - logTotal) - wanted
      }
    }
    return (loss, likelihood, derivative)
  }
}
