import Models
import Tensors
package import Text
package import Tokens

/// The rows of new tokens in the tables of a model.
///
/// A new token begins as the mean of the tokens that spelled its text before, so that it means about the same; one whose
/// text was unknown, as the mean of all tokens and a little noise, so that it is neither likely nor equal to another.
package struct AddedRows {
  /// The tokens that stood for each new token, by side.
  package let spellings: [TextPipeline.Side: [[TokenID]]]
  package let seed: UInt64

  package init(spellings: [TextPipeline.Side: [[TokenID]]], seed: UInt64) {
    (self.spellings, self.seed) = (spellings, seed)
  }

  /// The noise, relative to the spread of the table.
  private static let noise: Float = 0.1

  /// The vocabulary of a table or bias, by its name in the file.
  package static func side(of name: String) -> TextPipeline.Side {
    name.hasPrefix("model.encoder.") ? .source : .target
  }

  /// A table with the new rows after its own.
  ///
  /// - Parameters:
  ///   - table: its numbers, row by row.
  ///   - columns: the length of a row; 1 for a bias.
  ///   - side: the side whose tokens they are.
  ///   - stream: tells it apart from other tables.
  /// - Returns: the longer table.
  package func extended(_ table: [Float], columns: Int, _ side: TextPipeline.Side, stream: UInt64) -> [Float]
  {
    let rows = table.count / columns
    var mean = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns { mean[column] += Double(table[row * columns + column]) }
    }
    for column in 0..<columns { mean[column] /= Double(rows) }
    var spread = 0.0
    for row in 0..<rows {
      for column in 0..<columns {
        let difference = Double(table[row * columns + column]) - mean[column]
        spread += difference * difference
      }
    }
    // A bias is only a number, and noise would make some tokens likelier than others.
    let deviation = columns == 1 ? 0 : Self.noise * Float((spread / Double(table.count)).squareRoot())
    var random = RandomSource(seed, 4, stream)
    var extended = table
    for spelling in spellings[side] ?? [] {
      for column in 0..<columns {
        guard !spelling.isEmpty else {
          extended.append(Float(mean[column]) + (deviation > 0 ? deviation * random.normal() : 0))
          continue
        }
        let sum = spelling.reduce(0.0) { $0 + Double(table[Int($1) * columns + column]) }
        extended.append(Float(sum / Double(spelling.count)))
      }
    }
    return extended
  }
}
