/// Sides that are the same text, or largely so.
struct CopyCheck: PairCheck {
  static let kinds: [FindingKind] = [.copiedText, .partlyCopied]

  let sharesScript: Bool

  func check(_ pair: PairProfile, _ findings: inout PairFindings) {
    let (source, target) = (pair.source, pair.target)
    guard source.letters > 0, !findings.isHopeless else { return }
    if source.foldedHash == target.foldedHash {
      if isText(source) { findings.add(.copiedText, .both, hopeless: true) }
      return
    }
    guard sharesScript else { return }
    let (shorter, longer) =
      source.words.count <= target.words.count ? (source.words, target.words) : (target.words, source.words)
    guard shorter.count >= 5, longer.count <= 2 * shorter.count, longer.count <= 200 else { return }
    var shared = 0
    for (index, word) in shorter.enumerated() where longer.contains(word) {
      shared += 1
      // Most pairs share few words: enough of them must be left.
      if 10 * (shared + shorter.count - index) < 7 * shorter.count { return }
    }
    if 10 * shared >= 7 * shorter.count { findings.add(.partlyCopied, .both) }
  }

  /// Whether text is more than a name or an interjection, which are the same in many languages.
  private func isText(_ line: LineProfile) -> Bool {
    guard sharesScript else { return line.letters >= 3 }
    return line.words.count >= 3 || line.words.count == 2 && line.letters >= 10 && line.uppercase < 2
  }
}
