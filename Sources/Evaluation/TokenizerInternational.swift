import Files

/// Calls `body` with the words of a line by the rules of NIST's `mteval-v14`: byte arrays with the range of a word.
///
/// Punctuation and symbols of all scripts are words, but punctuation is not separated inside or after a number: "3,14" and
/// "2020." are one word each. As with 13a, the rules only insert spaces.
func forEachInternationalWord(in line: [UInt8], _ body: ([UInt8], Range<Int>) -> Void) {
  let line = isUTF8(line) ? line : utf8(of: scalars(of: line))
  // The kinds of the line's characters, and where each begins.
  var (kinds, offsets): ([InternationalKind], [Int]) = ([], [0])
  kinds.reserveCapacity(line.count)
  offsets.reserveCapacity(line.count + 1)
  forEachScalar(of: line) { scalar in
    kinds.append(InternationalKind(of: scalar))
    offsets.append(
      offsets[kinds.count - 1] + (scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4))
  }
  var (start, index) = (0, 0)
  func end(before place: Int, next: Int) {
    if place > start { body(line, offsets[start]..<offsets[place]) }
    start = next
  }
  while index < kinds.count {
    switch kinds[index] {
    case .other, .number: index += 1
    case .blank:
      end(before: index, next: index + 1)
      index += 1
    case .symbol:
      end(before: index, next: index)
      end(before: index + 1, next: index + 1)
      index += 1
    case .punctuation:
      var stop = index + 1
      while stop < kinds.count, kinds[stop] == .punctuation { stop += 1 }
      let run = PointRun(
        count: stop - index, followsDigit: index == 0 || kinds[index - 1] == .number,
        precedesDigit: stop == kinds.count || kinds[stop] == .number)
      if !run.firstJoins { end(before: index, next: index) }
      for place in index + 1..<stop { end(before: place, next: place) }
      if !run.lastJoins { end(before: stop, next: stop) }
      index = stop
    }
  }
  end(before: kinds.count, next: kinds.count)
}

/// What the rules see in a character.
private enum InternationalKind: UInt8 {
  case number, punctuation, symbol, blank, other

  /// The kind of a character.
  init(of scalar: UInt32) {
    let known = Self.known
    self = scalar < known.count ? known[Int(scalar)] : Self.found(scalar)
  }

  /// The kinds of the characters of most texts, which are slow to find.
  private static let known = (0..<0x3100).map { found(UInt32($0)) }

  private static func found(_ scalar: UInt32) -> InternationalKind {
    if isWhitespace(scalar) { return .blank }
    return switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: .number
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      .punctuation
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: .symbol
    case .unassigned: newer(scalar)
    default: .other
    }
  }

  /// The kind of a character of Unicode 18, which Swift's tables do not have yet but those of sacreBLEU do (the `regex`
  /// module of Python, 2026.11.19).
  private static func newer(_ scalar: UInt32) -> InternationalKind {
    switch scalar {
    case 0x20C2...0x20C4, 0x10EC9...0x10ECA, 0x1CED2...0x1CED4, 0x1CEDD...0x1CEDF, 0x1CEF1...0x1CEFD,
      0x1D1EB...0x1D1FF, 0x1D253...0x1D25A, 0x1D25D...0x1D25E, 0x1D260...0x1D27F, 0x1DB00...0x1DB1C, 0x1F1AE,
      0x1F6D9, 0x1F7DA...0x1F7DB, 0x1F7F1...0x1F7FF, 0x1FA8B...0x1FA8D, 0x1FACC, 0x1FADD, 0x1FAEB,
      0x1FAF9...0x1FAFA:
      .symbol
    case 0x2E60...0x2E63: .punctuation
    case 0x1246F, 0x12475...0x1247F, 0x12550...0x12686: .number
    default: .other
    }
  }
}
