#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#endif

/// Tables of sines and cosines in halves, as toolkits store or compute them.
enum Sinusoids {
  /// The table whose row p has sin(p · f) for each frequency f, and then cos(p · f).
  ///
  /// - Parameters:
  ///   - positions: rows.
  ///   - size: columns, of which the first half, rounded up, has the sines.
  ///   - reachesLongest: whether pair i of n has the frequency `10000^(-i / (n - 1))`, as in Marian, instead of
  ///     `10000^(-2i / size)`.
  ///   - first: the position of the first row.
  /// - Returns: the table, row by row.
  static func table(positions: Int, size: Int, reachesLongest: Bool, first: Int = 0) -> [Float] {
    let sines = (size + 1) / 2
    let intervals = reachesLongest ? Double(max(1, sines - 1)) : Double(size) / 2
    let frequencies = (0..<sines).map { pow(10_000, -Double($0) / intervals) }
    var table: [Float] = []
    table.reserveCapacity(positions * size)
    for position in first..<first + positions {
      for column in 0..<size {
        let angle = Double(position) * frequencies[column < sines ? column : column - sines]
        table.append(Float(column < sines ? sin(angle) : cos(angle)))
      }
    }
    return table
  }

  /// Whether no number of one table is further than 1e-5 from that of the other.
  static func areEqual(_ table: [Float], _ other: [Float]) -> Bool {
    table.count == other.count && zip(table, other).allSatisfy { abs($0 - $1) <= 1e-5 }
  }

  /// A table in halves with each sine beside its cosine.
  static func interleaved(_ table: [Float], size: Int) -> [Float] {
    var result = table
    let sines = (size + 1) / 2
    for start in stride(from: 0, to: table.count, by: max(1, size)) {
      for column in 0..<size {
        result[start + column] = table[start + (column % 2 == 0 ? column / 2 : sines + column / 2)]
      }
    }
    return result
  }
}
