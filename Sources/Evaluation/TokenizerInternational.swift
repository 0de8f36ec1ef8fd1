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
