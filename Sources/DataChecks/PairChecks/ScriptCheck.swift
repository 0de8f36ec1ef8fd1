/// Sides in another script than usual, or in that of the other side.
struct ScriptCheck: PairCheck {
  static let kinds: [FindingKind] = [.wrongScriptSource, .wrongScriptTarget, .swappedSides]

  let context: CorpusContext

  func check(_ pair: PairProfile, _ findings: inout PairFindings) {
    guard !findings.isHopeless, !findings.isGarbled else { return }
    let isSourceWrong = isForeign(pair.source, context.source)
    let isTargetWrong = isForeign(pair.target, context.target)
    guard isSourceWrong || isTargetWrong else { return }
    let isSwapped =
      isSourceWrong && isTargetWrong && !context.sharesScript
      && context.target.scripts[Int(pair.source.mainScript.rawValue)]
      && context.source.scripts[Int(pair.target.mainScript.rawValue)]
    if isSwapped { return findings.add(.swappedSides, .both, hopeless: true) }
    if isSourceWrong { findings.add(.wrongScriptSource, .source, hopeless: true) }
    if isTargetWrong { findings.add(.wrongScriptTarget, .target, hopeless: true) }
  }

  /// Whether less than a third of the letters are in the scripts of the side.
  private func isForeign(_ line: LineProfile, _ side: SideContext) -> Bool {
    guard side.mainScript != .none, line.letters >= 3, line.longestWord <= LengthCheck.longestWord,
      !line.flags.contains(.address)
    else { return false }
    var expected = 0
    for (index, isExpected) in side.scripts.enumerated() where isExpected {
      expected += Int(line.scripts[index])
    }
    // A Chinese character is worth several letters.
    let weight = side.mainScript == .han || side.mainScript == .kana || side.mainScript == .hangul ? 3 : 1
    guard 3 * weight * expected < line.letters + (weight - 1) * expected else { return false }
    // One or two words in Latin letters are names.
    return line.mainScript != .latin || line.words.count >= 3
  }
}
