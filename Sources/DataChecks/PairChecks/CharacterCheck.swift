import Text

/// Characters that should not be in text, or that have several forms.
struct CharacterCheck: PairCheck {
  static let kinds: [FindingKind] = [
    .controlCharacter, .tabCharacter, .invisibleCharacter, .privateUseCharacter, .notNormalized,
    .compatibilityCharacter, .mixedScriptWord, .extraSpaces, .unusualSpace,
  ]

  private let normalizer = Normalizer(form: .nfc)

  func check(_ pair: PairProfile, _ findings: inout PairFindings) {
    let (source, target) = (pair.source.flags, pair.target.flags)
    let either = source.union(target)
    guard !either.isDisjoint(with: Self.interesting), !findings.isGarbled else { return }
    func sides(_ flag: LineFlags) -> Sides {
      Sides(rawValue: (source.isDisjoint(with: flag) ? 0 : 1) | (target.isDisjoint(with: flag) ? 0 : 2))
    }
    for (flag, kind) in Self.plain where either.contains(flag) { findings.add(kind, sides(flag)) }
    let spaces: LineFlags = [.doubleSpace, .outerSpace]
    if !either.isDisjoint(with: spaces) { findings.add(.extraSpaces, sides(spaces)) }
    if either.contains(.normalization), findings.wants(.notNormalized) {
      var wrong: Sides = []
      for side in [Sides.source, .target] where pair.profile(side).flags.contains(.normalization) {
        let text = Array(pair.text(side))
        if normalizer.normalize(text) != text { wrong.insert(side) }
      }
      if !wrong.isEmpty { findings.add(.notNormalized, wrong) }
    }
  }

  private static let plain: [(LineFlags, FindingKind)] = [
    (.control, .controlCharacter), (.tab, .tabCharacter), (.invisible, .invisibleCharacter),
    (.privateUse, .privateUseCharacter), (.compatibility, .compatibilityCharacter),
    (.mixedScript, .mixedScriptWord), (.unusualSpace, .unusualSpace),
  ]

  private static let interesting = plain.reduce(
    into: [.doubleSpace, .outerSpace, .normalization] as LineFlags
  ) {
    $0.formUnion($1.0)
  }
}
