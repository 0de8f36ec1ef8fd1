/// The sides of a pair that a finding is about.
struct Sides: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let source = Sides(rawValue: 1)
  static let target = Sides(rawValue: 2)
  static let both: Sides = [.source, .target]
}

/// A fault of a pair, in 8 bytes.
struct Finding: Hashable, Sendable {
  /// The place of the kind in `FindingKind.allCases`.
  let kindIndex: UInt8
  let sides: Sides
  /// Which variant of the kind it is, such as a period against nothing; habits are found by variant.
  let variant: UInt16
  /// The line, counted from 1.
  let line: UInt32

  init(_ kind: FindingKind, _ sides: Sides, variant: Int = 0, line: Int) {
    kindIndex = UInt8(kind.index)
    self.sides = sides
    self.variant = UInt16(truncatingIfNeeded: variant)
    self.line = UInt32(truncatingIfNeeded: line)
  }

  var kind: FindingKind { FindingKind.allCases[Int(kindIndex)] }
}
