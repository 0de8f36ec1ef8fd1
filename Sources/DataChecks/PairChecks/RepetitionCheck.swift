/// Words and signs that one side repeats again and again; lines that are hardly text.
struct RepetitionCheck: PairCheck {
  static let kinds: [FindingKind] = [.repeatedWords, .repeatedCharacters, .mostlySymbols]

  func check(_ pair: PairProfile, _ findings: inout PairFindings) {
    guard !findings.isGarbled else { return }
    let (source, target) = (pair.source, pair.target)
    if source.loop > 0 || target.loop > 0 {
      let (one, other) = (loop(source), loop(target))
      if one >= 3, other < 3 { findings.add(.repeatedWords, .source) }
      if other >= 3, one < 3 { findings.add(.repeatedWords, .target) }
    }
    if source.longestRun >= 6 || target.longestRun >= 6 {
      if source.longestRun >= 6, target.longestRun < 3 { findings.add(.repeatedCharacters, .source) }
      if target.longestRun >= 6, source.longestRun < 3 { findings.add(.repeatedCharacters, .target) }
    }
    var symbols: Sides = []
    if isMostlySymbols(source) { symbols.insert(.source) }
    if isMostlySymbols(target) { symbols.insert(.target) }
    if !symbols.isEmpty { findings.add(.mostlySymbols, symbols) }
  }

  /// Chinese doubles and even trebles characters.
  private func loop(_ line: LineProfile) -> Int {
    line.loop >= (line.mainScript.isDense ? 5 : 3) ? line.loop : 0
  }

  private func isMostlySymbols(_ line: LineProfile) -> Bool {
    let visible = line.visible
    guard visible >= 6, !line.words.isEmpty, !line.flags.contains(.address) else { return false }
    return 5 * (line.letters + line.digits) < 2 * visible
  }
}
