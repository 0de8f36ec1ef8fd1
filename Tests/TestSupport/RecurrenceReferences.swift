private import Foundation

extension Reference {
  /// The logistic function.
  public static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  /// The cells of simpler simple recurrent units, whose outputs are those that are positive.
  ///
  /// The first half of the columns are candidates, the second inputs of gates. `bias` has one row.
  public static func ssruCells(_ projected: Grid, bias: Grid? = nil, sentences: [Range<Int>]) -> Grid {
    let size = projected.columns / 2
    var cells = Grid(projected.rows, size)
    for sentence in sentences {
      for row in sentence {
        for column in 0..<size {
          let gate = sigmoid(projected[row, size + column] + (bias?[0, column] ?? 0))
          let past = row > sentence.lowerBound ? cells[row - 1, column] : 0
          cells[row, column] = gate * past + (1 - gate) * projected[row, column]
        }
      }
    }
    return cells
  }

  /// The mean of each row and those before it in its sentence.
  public static func cumulativeMean(_ x: Grid, sentences: [Range<Int>]) -> Grid {
    var y = x
    for sentence in sentences {
      for row in sentence {
        let rows = sentence.lowerBound...row
        for column in 0..<x.columns {
          y[row, column] = rows.reduce(0) { $0 + x[$1, column] } / Double(rows.count)
        }
      }
    }
    return y
  }

  /// Two grids, element by element times their gates, of which the first half of the columns is for `x`.
  public static func gatedSum(_ x: Grid, _ y: Grid, gates: (x: Grid, y: Grid)) -> Grid {
    Grid(x.rows, x.columns) {
      sigmoid(gates.x[$0, $1]) * x[$0, $1] + sigmoid(gates.y[$0, $1]) * y[$0, $1]
    }
  }
}
