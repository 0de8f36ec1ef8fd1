/// Text that was read or written in a wrong encoding.
struct EncodingCheck: PairCheck {
  static let kinds: [FindingKind] = [
    .invalidUTF8, .replacementCharacter, .mojibake, .doubleEncoding, .lostCharacter,
  ]

  func check(_ pair: PairProfile, _ findings: inout PairFindings) {
    let flags = pair.source.flags.union(pair.target.flags)
    guard !flags.isDisjoint(with: [.invalidUTF8, .replacement, .mojibake, .sign]) else { return }
    var found: [(kind: FindingKind, sides: Sides)] = []
    func add(_ kind: FindingKind, _ side: Sides) {
      if let index = found.firstIndex(where: { $0.kind == kind }) {
        found[index].sides.formUnion(side)
      } else {
        found.append((kind, side))
      }
    }
    for side in [Sides.source, .target] {
      let flags = pair.profile(side).flags
      if flags.contains(.invalidUTF8) { add(.invalidUTF8, side) }
      if flags.contains(.replacement) { add(.replacementCharacter, side) }
      if flags.contains(.mojibake) {
        switch Mojibake.depth(of: pair.text(side)) {
        case 0: break
        case 1: add(.mojibake, side)
        default: add(.doubleEncoding, side)
        }
      }
      if flags.contains(.sign), !flags.contains(.address), LostCharacter.first(in: pair.text(side)) != nil {
        add(.lostCharacter, side)
      }
    }
    for item in found {
      findings.add(item.kind, item.sides)
      if item.kind != .lostCharacter { findings.isGarbled = true }
    }
  }
}

/// A question mark within a word, which stands for a letter that an encoding does not have: `M?nner`.
enum LostCharacter {
  /// The place of the first one; nil if there is none.
  static func first(in line: ArraySlice<UInt8>) -> Int? {
    var index = line.startIndex
    while let found = line[index...].firstIndex(of: 0x3F) {
      index = found + 1
      guard found > line.startIndex, index < line.endIndex else { continue }
      let (before, after) = (line[found - 1], line[index])
      // After a capital as well, such as in `F?r`; a question that is followed by a capital is a missing space.
      if isLetter(before), 0x61...0x7A ~= after { return found }
    }
    return nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
}
