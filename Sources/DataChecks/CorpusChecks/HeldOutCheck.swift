/// Training pairs that repeat validation or test sentences.
struct HeldOutCheck: PairCheck {
  static let kinds: [FindingKind] = [.heldOutPair, .heldOutSource, .heldOutTarget, .nearHeldOut]

  let index: HeldOutIndex

  func check(_ pair: PairProfile, _ findings: inout PairFindings) {
    guard !index.isEmpty, let (match, sentence) = index.match(pair) else { return }
    let set = Int(sentence.set)
    switch match {
    case .pair: findings.add(.heldOutPair, .both, variant: set)
    case .source: findings.add(.heldOutSource, .source, variant: set)
    case .target: findings.add(.heldOutTarget, .target, variant: set)
    case .near: findings.add(.nearHeldOut, .both, variant: set)
    }
  }
}
