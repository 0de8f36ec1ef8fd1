/// Groups of one to four neighboring units of a word and its boundaries, as numbers.
package enum Ngrams {
  /// The most units of one.
  package static let longest = 4

  /// Calls a function with the fingerprint of each group of units of a script group.
  ///
  /// - Parameters:
  ///   - letters: the text.
  ///   - group: whose words are used.
  ///   - body: called from left to right; a word's boundary alone is no group.
  @inline(__always)
  package static func forEach(_ letters: LetterText, _ group: Int, _ body: (UInt32) -> Void) {
    let owner = UInt8(truncatingIfNeeded: group)
    // The newest four units; zero before the boundary that begins a word.
    var (window, length) = (UInt64(LetterText.boundary), 1)
    for index in letters.units.indices where letters.owners[index] == owner {
      let unit = letters.units[index]
      window = window << 16 | UInt64(unit)
      length = min(length + 1, longest)
      if unit != LetterText.boundary { body(fingerprint(window & 0xFFFF)) }
      body(fingerprint(window & 0xFFFF_FFFF))
      if length > 2 { body(fingerprint(window & 0xFFFF_FFFF_FFFF)) }
      if length > 3 { body(fingerprint(window)) }
      if unit == LetterText.boundary { (window, length) = (UInt64(unit), 1) }
    }
  }

  /// A number that stands for up to four units: it is very unlikely that two frequent groups have the same.
  @inline(__always)
  package static func fingerprint(_ units: UInt64) -> UInt32 {
    let mixed = (units ^ units >> 29) &* 0x9E37_79B9_7F4A_7C15
    return UInt32(truncatingIfNeeded: (mixed ^ mixed >> 32) &* 0xBF58_476D_1CE4_E5B9 >> 32)
  }
}
