/// Signs that one side has and the other lacks: ends of sentences, brackets, quotes, marks of lists, emoji, capitals.
///
/// Translators differ in them, so most are notes, and what a corpus does often is its style; see ``HabitRule``.
struct FormCheck: PairCheck {
  static let kinds: [FindingKind] = [
    .endsDiffer, .finalSignMissing, .cutOff, .bracketsDiffer, .quotesDiffer, .listMarksDiffer, .emojiDiffer,
    .caseDiffers,
  ]

  func check(_ pair: PairProfile, _ findings: inout PairFindings) {
    guard !findings.isHopeless else { return }
    let (source, target) = (pair.source, pair.target)
    let hasAddress = source.flags.union(target.flags).contains(.address)
    if source.end != target.end, !hasAddress { checkEnds(source, target, &findings) }
    if source.brackets != target.brackets { checkBrackets(source, target, &findings) }
    if (source.quotes > 0) != (target.quotes > 0) {
      findings.add(.quotesDiffer, source.quotes > 0 ? .source : .target)
    }
    if source.beginning != target.beginning {
      findings.add(
        .listMarksDiffer, source.beginning == .other ? .target : .source,
        variant: Int(max(source.beginning.rawValue, target.beginning.rawValue)))
    }
    if (source.emoji > 0) != (target.emoji > 0) {
      findings.add(.emojiDiffer, source.emoji > 0 ? .source : .target)
    }
    if isShouted(source), isPlain(target) { findings.add(.caseDiffers, .source) }
    if isShouted(target), isPlain(source) { findings.add(.caseDiffers, .target) }
  }

  private func checkEnds(_ source: LineProfile, _ target: LineProfile, _ findings: inout PairFindings) {
    let (one, other) = (source.end, target.end)
    if isOpen(one), other.isFinal { return findings.add(.cutOff, .source, variant: Int(one.rawValue)) }
    if isOpen(other), one.isFinal { return findings.add(.cutOff, .target, variant: Int(other.rawValue)) }
    if (one == .question) != (other == .question), one != .other, other != .other {
      findings.add(.endsDiffer, .both)
    } else if one == .word && other.isFinal {
      findings.add(.finalSignMissing, .source)
    } else if other == .word && one.isFinal {
      findings.add(.finalSignMissing, .target)
    }
  }

  /// Whether something must follow.
  private func isOpen(_ end: LineEnd) -> Bool { end == .comma || end == .open || end == .dash }

  private func checkBrackets(_ source: LineProfile, _ target: LineProfile, _ findings: inout PairFindings) {
    for kind in 0..<3 {
      let (one, other) = (
        Int(source.brackets[2 * kind]) + Int(source.brackets[2 * kind + 1]),
        Int(target.brackets[2 * kind]) + Int(target.brackets[2 * kind + 1])
      )
      guard (one > 0) != (other > 0) else { continue }
      return findings.add(.bracketsDiffer, one > 0 ? .source : .target, variant: kind)
    }
  }

  private func isShouted(_ line: LineProfile) -> Bool {
    line.uppercase >= 8 && line.lowercase == 0 && line.words.count >= 2
  }

  /// Whether a side has case and is written as usual.
  private func isPlain(_ line: LineProfile) -> Bool {
    line.lowercase >= 8 && line.lowercase > 2 * line.uppercase
  }
}
