/// Where words with an apostrophe are split in a language.
enum Clitics {
  /// Nowhere.
  case none
  /// English: before the apostrophe of a known ending: `John 's`, `we 're`, `don 't`.
  case enclitic
  /// French, Italian, Catalan, Occitan: after the apostrophe: `l' homme`, `dell' arte`.
  case proclitic

  /// The rule of a language, given as a BCP 47 code.
  init(language: String) {
    switch primaryLanguage(of: language) {
    case "en", "eng": self = .enclitic
    case "fr", "fra", "it", "ita", "ca", "cat", "oc", "oci": self = .proclitic
    default: self = .none
    }
  }

  private static let endings: [[UInt8]] = ["s", "t", "re", "ve", "ll", "d", "m"].map { Array($0.utf8) }
  private static let wholeWords: [[UInt8]] = ["aujourd"].map { Array($0.utf8) }

  /// Where to split a word in two; nil if it stays whole.
  ///
  /// ICU leaves an apostrophe in a word only between letters, so no part is empty.
  func split(_ line: borrowing Span<UInt8>, _ word: Range<Int>) -> Int? {
    if case .none = self { return nil }
    var position = word.upperBound - 1
    while position > word.lowerBound {
      if let length = apostropheLength(line, at: position, in: word) {
        let cut = self.cut(line, word, apostrophe: position..<position + length)
        if cut != nil { return cut }
      }
      position -= 1
    }
    return nil
  }

  private func cut(_ line: borrowing Span<UInt8>, _ word: Range<Int>, apostrophe: Range<Int>) -> Int? {
    switch self {
    case .none: return nil
    case .enclitic:
      let ending = apostrophe.upperBound..<word.upperBound
      let isKnown = Clitics.endings.contains { equalsIgnoringCase(line, ending, $0) }
      return isKnown ? apostrophe.lowerBound : nil
    case .proclitic:
      let beginning = word.lowerBound..<apostrophe.lowerBound
      let isWhole = Clitics.wholeWords.contains { equalsIgnoringCase(line, beginning, $0) }
      return isWhole || apostrophe.upperBound == word.upperBound ? nil : apostrophe.upperBound
    }
  }
}

/// Whether a scalar is an apostrophe, `'` or `’`.
func isApostrophe(_ scalar: UInt32) -> Bool { scalar == 0x27 || scalar == 0x2019 }

private func apostropheLength(_ line: borrowing Span<UInt8>, at position: Int, in word: Range<Int>) -> Int? {
  let byte = line[position]
  guard byte == 0x27 || byte == 0xE2 else { return nil }
  let scalar = decodeScalar(line, at: position)
  return isApostrophe(scalar.value) && position + scalar.length <= word.upperBound ? scalar.length : nil
}

private func equalsIgnoringCase(_ line: borrowing Span<UInt8>, _ range: Range<Int>, _ word: [UInt8]) -> Bool {
  guard range.count == word.count else { return false }
  for offset in 0..<word.count where line[range.lowerBound + offset] | 0x20 != word[offset] { return false }
  return true
}
