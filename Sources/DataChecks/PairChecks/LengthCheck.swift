/// Sides of unusual length.
struct LengthCheck: PairCheck {
  static let kinds: [FindingKind] = [.lengthRatio, .tooLong, .longWord]

  let lengths: LengthModel
  /// Sentences with more words are several sentences, or something else.
  static let mostWords = 250
  /// Words with more letters are not words.
  static let longestWord = 45

  func check(_ pair: PairProfile, _ findings: inout PairFindings) {
    let (source, target) = (pair.source, pair.target)
    var long: Sides = []
    if source.words.count > Self.mostWords { long.insert(.source) }
    if target.words.count > Self.mostWords { long.insert(.target) }
    if !long.isEmpty { findings.add(.tooLong, long) }
    var words: Sides = []
    if source.longestWord > Self.longestWord, !source.flags.contains(.address) { words.insert(.source) }
    if target.longestWord > Self.longestWord, !target.flags.contains(.address) { words.insert(.target) }
    if !words.isEmpty { findings.add(.longWord, words) }

    guard !findings.isHopeless,
      let deviation = lengths.deviation(source: source.visible, target: target.visible)
    else { return }
    if deviation.spreads > 4, deviation.factor > 2.2 { findings.add(.lengthRatio, .both) }
  }
}
