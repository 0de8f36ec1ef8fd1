import Autodiff
import Foundation
import TestSupport

/// Connectionist temporal classification of one sentence, slow and obvious, in double precision.
struct CTCReference {
  /// log p(labels); -infinity if no path spells them.
  let likelihood: Double
  /// The probability of each class in each row, given the labels.
  let posteriors: Grid
  /// The sum over rows of the mean over classes of -log p.
  let uniform: Double
  let probabilities: Grid

  /// Adds up all paths, classes to the power of rows of them.
  init(enumerating logits: Grid, labels: [Int32], blank: Int32) {
    let logs = logits.logSoftmax
    var (total, posteriors) = (0.0, Grid(logits.rows, logits.columns))
    forEachPath(rows: logits.rows, classes: logits.columns) { path in
      guard collapse(path, blank: blank) == labels else { return }
      let probability = exp(logs.sum(along: path))
      total += probability
      for (row, symbol) in path.enumerated() { posteriors[row, Int(symbol)] += probability }
    }
    self.init(log(total), posteriors.map { $0 / total }, logs)
  }

  /// Adds up over the lattice of labels with blanks between, forwards and backwards.
  init(lattice logits: Grid, labels: [Int32], blank: Int32) {
    let logs = logits.logSoftmax
    let reversed = Grid(logits.rows, logits.columns) { logs[logits.rows - 1 - $0, $1] }
    let forward = Self.forward(logs, labels: labels, blank: blank)
    let backward = Self.forward(reversed, labels: labels.reversed(), blank: blank)
    let states = 2 * labels.count + 1
    let likelihood = logSum(forward[logits.rows - 1].suffix(2))
    var posteriors = Grid(logits.rows, logits.columns)
    for row in 0..<logits.rows {
      for state in 0..<states {
        let symbol = Int(state % 2 == 0 ? blank : labels[state / 2])
        posteriors[row, symbol] += exp(
          forward[row][state] + backward[logits.rows - 1 - row][states - 1 - state] - logs[row, symbol]
            - likelihood)
      }
    }
    self.init(likelihood, posteriors, logs)
  }

  private init(_ likelihood: Double, _ posteriors: Grid, _ logs: Grid) {
    (self.likelihood, self.posteriors) = (likelihood, posteriors)
    probabilities = logs.map { exp($0) }
    uniform = -logs.elements.reduce(0, +) / Double(logs.columns)
  }

  private static func forward(_ logs: Grid, labels: [Int32], blank: Int32) -> [[Double]] {
    let symbols = (0...2 * labels.count).map { Int($0 % 2 == 0 ? blank : labels[$0 / 2]) }
    var rows: [[Double]] = []
    for row in 0..<logs.rows {
      rows.append(
        symbols.indices.map { state in
          var before = [rows.last?[state] ?? (state < 2 ? 0 : -.infinity)]
          if let last = rows.last {
            if state > 0 { before.append(last[state - 1]) }
            if state > 1, state % 2 == 1, symbols[state] != symbols[state - 2] {
              before.append(last[state - 2])
            }
          }
          return logSum(before) + logs[row, symbols[state]]
        })
    }
    return rows
  }

  /// The loss of a sentence, as the operation defines it, and its derivative by the logits.
  func loss(labels: Int, smoothing: Double) -> (loss: Double, derivative: Grid) {
    let share = smoothing * Double(labels) / Double(posteriors.rows)
    let derivative = Grid(posteriors.rows, posteriors.columns) {
      let p = probabilities[$0, $1]
      return (1 - smoothing) * (p - posteriors[$0, $1]) + share * (p - 1 / Double(posteriors.columns))
    }
    return (-(1 - smoothing) * likelihood + share * uniform, derivative)
  }
}

/// log Σ exp(x).
func logSum(_ x: some Collection<Double>) -> Double {
  guard let best = x.max(), best > -.infinity else { return -.infinity }
  return best + log(x.reduce(0) { $0 + exp($1 - best) })
}

extension Grid {
  var logSoftmax: Grid {
    let totals = (0..<rows).map { row in logSum((0..<columns).map { self[row, $0] }) }
    return Grid(rows, columns) { self[$0, $1] - totals[$0] }
  }
}
