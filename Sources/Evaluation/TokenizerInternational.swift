/// Separates punctuation and symbols of all scripts by the rules of NIST's `mteval-v14`.
///
/// Punctuation is not separated inside or after a number: "3,14" and "2020." are one word each.
func tokenizeInternational(_ line: [UInt8]) -> [UInt8] {
  var text = scalars(of: line).map(Character.init(scalar:))
  text = rewritePairs(text, where: { $0.kind != .number && $1.kind == .punctuation }) {
    [$0, .space, $1, .space]
  }
  text = rewritePairs(text, where: { $0.kind == .punctuation && $1.kind != .number }) {
    [.space, $0, .space, $1]
  }
  var separated: [UInt32] = []
  for character in text {
    separated += character.kind == .symbol ? [0x20, character.scalar, 0x20] : [character.scalar]
  }
  return utf8(of: separated)
}

/// A character with the property that the rules depend on.
private struct Character {
  enum Kind {
    case number, punctuation, symbol, other
  }

  let scalar: UInt32
  let kind: Kind

  static let space = Character(scalar: 0x20)

  init(scalar: UInt32) {
    self.scalar = scalar
    kind = scalar < 0x80 ? Self.ascii[Int(scalar)] : Self.kind(of: scalar)
  }

  private static let ascii = (0..<0x80).map { kind(of: UInt32($0)) }

  private static func kind(of scalar: UInt32) -> Kind {
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: .number
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      .punctuation
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: .symbol
    case .unassigned: newerKind(of: scalar)
    default: .other
    }
  }

  /// The kind of a character of Unicode 18, which Swift's tables do not have yet but those of sacreBLEU do (the `regex`
  /// module of Python, 2026.11.19).
  private static func newerKind(of scalar: UInt32) -> Kind {
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

/// Rewrites pairs of adjacent characters from left to right; a character belongs to at most one pair.
private func rewritePairs(
  _ text: [Character], where matches: (Character, Character) -> Bool,
  as pair: (Character, Character) -> [Character]
) -> [Character] {
  var result: [Character] = []
  result.reserveCapacity(text.count + 16)
  var index = 0
  while index < text.count {
    if index + 1 < text.count, matches(text[index], text[index + 1]) {
      result += pair(text[index], text[index + 1])
      index += 2
    } else {
      result.append(text[index])
      index += 1
    }
  }
  return result
}
