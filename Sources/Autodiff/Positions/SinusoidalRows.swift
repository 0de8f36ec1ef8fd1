private import Synchronization
private import Tensors

/// The rows of a table of sines and cosines, computed when a sentence first is that long: a table for the longest allowed
/// sentence would take longer to compute than many models take to load.
public final class SinusoidalRows: Sendable {
  /// The number of rows.
  public let count: Int
  /// The number of columns.
  public let size: Int
  private let halves: Bool
  private let frequencies: [Double]
  private let known = Mutex<[Float]>([])

  /// The rows of ``PositionTable/sinusoidal(_:size:halves:reachesLongest:)``.
  init(_ count: Int, size: Int, halves: Bool, reachesLongest: Bool) {
    (self.count, self.size, self.halves) = (count, size, halves)
    frequencies = positionFrequencies(size: size, reachesLongest: reachesLongest)
  }

  /// The first rows.
  ///
  /// - Parameter needed: how many; at most ``count``.
  /// - Returns: at least as many, row by row.
  package func rows(_ needed: Int) -> [Float] {
    precondition(needed <= count, "position \(needed - 1) of \(count)")
    return known.withLock { known in
      let present = size > 0 ? known.count / size : count
      if present < needed {
        // Twice as many as before, so that growing takes no longer than computing.
        let target = min(count, max(needed, 2 * present, fewest))
        known.reserveCapacity(target * size)
        for position in present..<target { appendRow(position, to: &known) }
      }
      return known
    }
  }

  private func appendRow(_ position: Int, to table: inout [Float]) {
    let start = table.count
    table.append(contentsOf: repeatElement(0, count: size))
    for (pair, frequency) in frequencies.enumerated() {
      let angle = Double(position) * frequency
      let sineColumn = halves ? pair : 2 * pair
      let cosineColumn = halves ? frequencies.count + pair : 2 * pair + 1
      table[start + sineColumn] = Float(sine(angle))
      if cosineColumn < size { table[start + cosineColumn] = Float(cosine(angle)) }
    }
  }
}

private let fewest = 32
