extension WordCounts {
  /// The share of letters in each script, from 0 to 1, by ISO 15924 codes such as `Latn`.
  ///
  /// Characters that many scripts share (digits, punctuation, accents) are ignored. If there are very many words, only
  /// the first ones are examined.
  public var scriptShares: [String: Double] {
    var known: [UInt32: String] = [:]
    var letters: [String: Int] = [:]
    for (word, count) in all.prefix(200_000) {
      for scalar in String(decoding: word, as: UTF8.self).unicodeScalars where scalar.properties.isAlphabetic
      {
        let name = known[scalar.value] ?? ICU.scriptName(scalar.value)
        known[scalar.value] = name
        letters[name, default: 0] += count
      }
    }
    for name in ["Zyyy", "Zinh", "Zzzz"] { letters[name] = nil }
    let sum = letters.values.reduce(0, +)
    return letters.mapValues { Double($0) / Double(max(sum, 1)) }
  }
}
