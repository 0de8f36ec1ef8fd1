/// Sides without text, or without words.
struct EmptySideCheck: PairCheck {
  static let kinds: [FindingKind] = [.emptySource, .emptyTarget, .emptyPair, .noWords]

  func check(_ pair: PairProfile, _ findings: inout PairFindings) {
    // Bytes that are not UTF-8 are not nothing.
    let isSourceEmpty = pair.source.visible == 0 && !pair.source.flags.contains(.invalidUTF8)
    let isTargetEmpty = pair.target.visible == 0 && !pair.target.flags.contains(.invalidUTF8)
    switch (isSourceEmpty, isTargetEmpty) {
    case (true, true): findings.add(.emptyPair, .both, hopeless: true)
    case (true, false): findings.add(.emptySource, .source, hopeless: true)
    case (false, true): findings.add(.emptyTarget, .target, hopeless: true)
    case (false, false):
      var sides: Sides = []
      if pair.source.words.isEmpty, pair.source.visible > 0, pair.source.emoji == 0 { sides.insert(.source) }
      if pair.target.words.isEmpty, pair.target.visible > 0, pair.target.emoji == 0 { sides.insert(.target) }
      if !sides.isEmpty { findings.add(.noWords, sides, hopeless: true) }
    }
  }
}
