import Glibc

/// Languages that are written in the same scripts, and what tells them apart.
package struct ScriptGroup: Sendable {
  /// ISO 15924 codes.
  package let scripts: [String]
  /// BCP 47 codes; never empty.
  package let languages: [String]
  /// Fingerprints of groups of letters in ascending order; empty if there is only one language.
  package let fingerprints: [UInt32]
  /// What a weight of 1 is worth, for each language.
  package let scales: [Float]

  private let index: NgramIndex
  /// Rows of weights, in vectors; columns beyond the languages are 0.
  private let weights: [SIMD16<Int8>]
  private let vectors: Int

  /// A group of languages.
  ///
  /// - Parameters:
  ///   - scripts: ISO 15924 codes.
  ///   - languages: BCP 47 codes.
  ///   - fingerprints: ascending.
  ///   - scales: one for each language.
  ///   - weights: for each fingerprint, one for each language.
  package init(
    scripts: [String], languages: [String], fingerprints: [UInt32], scales: [Float], weights: [Int8]
  ) {
    precondition(
      scales.count == languages.count && weights.count == fingerprints.count * languages.count,
      "ScriptGroup: sizes do not fit")
    (self.scripts, self.languages, self.fingerprints, self.scales) = (
      scripts, languages, fingerprints, scales
    )
    index = NgramIndex(fingerprints)
    vectors = (languages.count + 15) / 16
    var rows = [SIMD16<Int8>](repeating: .zero, count: fingerprints.count * vectors)
    for row in fingerprints.indices {
      for column in languages.indices {
        rows[row * vectors + column / 16][column % 16] = weights[row * languages.count + column]
      }
    }
    self.weights = rows
  }

  /// The weights as a file has them.
  package var plainWeights: [Int8] {
    fingerprints.indices.flatMap { row in
      languages.indices.map { weights[row * vectors + $0 / 16][$0 % 16] }
    }
  }

  /// The probabilities of languages, given that the text is in one of them.
  ///
  /// - Parameters:
  ///   - letters: the text.
  ///   - number: the number of this group in it.
  ///   - candidates: the languages that are possible; nil for all.
  /// - Returns: in the order of ``languages``; empty if none is possible.
  package func probabilities(_ letters: LetterText, _ number: Int, among candidates: Set<String>?) -> [(
    language: String, probability: Double
  )] {
    let possible = languages.indices.filter { candidates?.contains(languages[$0]) ?? true }
    guard possible.count > 1 else { return possible.map { (languages[$0], 1) } }
    let scores = scores(letters, number)
    let greatest = possible.reduce(-Float.infinity) { max($0, scores[$1]) }
    let exponentials = possible.map { Double(exp(scores[$0] - greatest)) }
    let sum = exponentials.reduce(0, +)
    return zip(possible, exponentials).map { (languages[$0], $1 / sum) }
  }

  /// For each language, the logarithm of its probability, up to a number that is the same for all.
  package func scores(_ letters: LetterText, _ number: Int) -> [Float] {
    var (rows, total): ([Int32], Int) = ([], 0)
    rows.reserveCapacity(Ngrams.longest * letters.units.count)
    Ngrams.forEach(letters, number) { fingerprint in
      total += 1
      let row = index.row(of: fingerprint)
      if row >= 0 { rows.append(Int32(truncatingIfNeeded: row * vectors)) }
    }
    var scores = [Float](repeating: 0, count: languages.count)
    // Evidence grows with the text, but neighboring groups of letters are not independent.
    let factor = 1 / Float(max(1, total)).squareRoot()
    for vector in 0..<vectors {
      let sums = columns(rows, vector)
      for column in 0..<min(16, languages.count - 16 * vector) {
        let language = 16 * vector + column
        scores[language] = Float(sums[column]) * scales[language] * factor
      }
    }
    return scores
  }

  /// The sums of sixteen columns over rows.
  private func columns(_ rows: [Int32], _ vector: Int) -> SIMD16<Int32> {
    var sums = SIMD16<Int32>.zero
    var start = 0
    while start < rows.count {
      // So many weights of 8 bits fit into 16.
      let end = min(start + 256, rows.count)
      var part = SIMD16<Int16>.zero
      for index in start..<end {
        part &+= SIMD16<Int16>(truncatingIfNeeded: weights[Int(rows[index]) + vector])
      }
      sums &+= SIMD16<Int32>(truncatingIfNeeded: part)
      start = end
    }
    return sums
  }
}
