internal import Foundation

/// The prior probability of links: high near the diagonal.
///
/// A word at place j of m, counted from 1, is linked to place i of n in proportion to exp(-tension · |j/m - i/n|).
///
/// Source: Dyer, Chahuneau and Smith 2013, "A Simple, Fast, and Effective Reparameterization of IBM Model 2", section 2.
package struct DiagonalPrior {
  /// How steeply probabilities fall away from the diagonal.
  package var tension: Double

  /// A prior of a steepness.
  package init(tension: Double) { self.tension = tension }

  /// The prior probabilities of a word's links.
  ///
  /// - Parameters:
  ///   - row: receives them, at least `count` elements.
  ///   - count: n, the number of words it can be linked to.
  ///   - place: j - 1.
  ///   - length: m.
  package func fill(_ row: inout [Float], count: Int, place: Int, length: Int) {
    let ratio = Float(exp(-tension / Double(count)))
    // The last place at or before the diagonal; on each side, each step away costs the same factor.
    let middle = min((place + 1) * count / length, count) - 1
    var sum: Float = 0
    if middle >= 0 {
      var weight = self.weight(middle, of: count, place, length)
      for index in stride(from: middle, through: 0, by: -1) {
        row[index] = weight
        sum += weight
        weight *= ratio
      }
    }
    if middle + 1 < count {
      var weight = self.weight(middle + 1, of: count, place, length)
      for index in middle + 1..<count {
        row[index] = weight
        sum += weight
        weight *= ratio
      }
    }
    let scale = 1 / sum
    for index in 0..<count { row[index] *= scale }
  }

  /// The mean distance from the diagonal, |j/m - i/n|, of a word's links by this prior.
  package func meanDistance(count: Int, place: Int, length: Int) -> Double {
    let ratio = exp(-tension / Double(count))
    let middle = min((place + 1) * count / length, count) - 1
    var (sum, mass) = (0.0, 0.0)
    for (start, end, step) in [(middle, -1, -1), (middle + 1, count, 1)] where start != end {
      var distance = diagonalDistance(start, of: count, place, length)
      var weight = exp(-tension * distance)
      for _ in stride(from: start, to: end, by: step) {
        mass += weight
        sum += weight * distance
        weight *= ratio
        distance += 1 / Double(count)
      }
    }
    return sum / mass
  }

  private func weight(_ index: Int, of count: Int, _ place: Int, _ length: Int) -> Float {
    Float(exp(-tension * diagonalDistance(index, of: count, place, length)))
  }
}

/// How far a link is from the diagonal: |j/m - i/n| for places counted from 1.
func diagonalDistance(_ index: Int, of count: Int, _ place: Int, _ length: Int) -> Double {
  abs(Double(place + 1) / Double(length) - Double(index + 1) / Double(count))
}
