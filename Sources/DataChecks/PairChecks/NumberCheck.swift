/// Numbers that only one side has.
struct NumberCheck: PairCheck {
  static let kinds: [FindingKind] = [.numbersDiffer]

  let sourceWords: NumberWords
  let targetWords: NumberWords

  func check(_ pair: PairProfile, _ findings: inout PairFindings) {
    // Nearly all pairs have equal sums.
    guard pair.source.numberSum != pair.target.numberSum, !findings.isHopeless, !findings.hasMarkup,
      !findings.isGarbled, findings.wants(.numbersDiffer), pair.source.beginning == pair.target.beginning,
      !pair.source.flags.contains(.address), !pair.target.flags.contains(.address)
    else { return }
    let source = NumberText(pair.text(.source), sourceWords)
    let target = NumberText(pair.text(.target), targetWords)
    if !source.agrees(with: target) || !target.agrees(with: source) { findings.add(.numbersDiffer, .both) }
  }
}
