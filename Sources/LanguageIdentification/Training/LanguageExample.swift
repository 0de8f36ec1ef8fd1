/// A piece of text of a known language, as its groups of letters.
package struct LanguageExample: Sendable {
  /// Rows of weights.
  package var rows: [Int32]
  /// How much each counts: its number over the root of the number of all groups.
  package var values: [Float]
  /// The language.
  package var label: Int

  /// An example.
  package init(rows: [Int32], values: [Float], label: Int) {
    (self.rows, self.values, self.label) = (rows, values, label)
  }
}

extension LanguageExample {
  /// An example from the fingerprints of a text.
  ///
  /// - Parameters:
  ///   - fingerprints: of all groups of letters.
  ///   - index: rows of those that have one.
  ///   - label: the language.
  package init(_ fingerprints: [UInt32], _ index: NgramIndex, label: Int) {
    var rows = fingerprints.compactMap { fingerprint in
      let row = index.row(of: fingerprint)
      return row < 0 ? nil : Int32(row)
    }
    rows.sort()
    let one = 1 / Float(max(1, fingerprints.count)).squareRoot()
    (self.rows, values, self.label) = ([], [], label)
    for row in rows {
      if row == self.rows.last {
        values[values.count - 1] += one
      } else {
        self.rows.append(row)
        values.append(one)
      }
    }
  }
}
