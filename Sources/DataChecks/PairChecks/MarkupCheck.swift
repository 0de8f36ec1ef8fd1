/// Markup and escapes that were left in the text; placeholders and addresses that one side lacks.
struct MarkupCheck: PairCheck {
  static let kinds: [FindingKind] = [.htmlEntity, .markup, .escapeSequence, .placeholdersDiffer, .urlsDiffer]

  func check(_ pair: PairProfile, _ findings: inout PairFindings) {
    let flags = pair.source.flags.union(pair.target.flags)
    guard !flags.isDisjoint(with: [.sign, .address]) else { return }
    let (source, target) = (SignScan(pair.text(.source)), SignScan(pair.text(.target)))
    func add(_ kind: FindingKind, _ isThere: (SignScan) -> Bool) {
      let sides = Sides(rawValue: (isThere(source) ? 1 : 0) | (isThere(target) ? 2 : 0))
      guard !sides.isEmpty else { return }
      findings.add(kind, sides)
      findings.hasMarkup = true
    }
    add(.htmlEntity) { !$0.entities.isEmpty }
    add(.markup) { !$0.tags.isEmpty }
    add(.escapeSequence) { !$0.escapes.isEmpty }
    if source.sum(of: source.placeholders) != target.sum(of: target.placeholders) {
      findings.add(.placeholdersDiffer, .both)
    }
    if source.sum(of: source.addresses) != target.sum(of: target.addresses) {
      findings.add(.urlsDiffer, .both)
    }
  }
}
