import LanguageIdentification

/// Sides in a wrong language.
///
/// Identifying a language costs more than all other checks of a pair together. Unless every line is wanted, only those
/// are identified of whose words the sample of the corpus lacks many.
struct LanguageCheck: PairCheck {
  static let kinds: [FindingKind] = [.wrongLanguageSource, .wrongLanguageTarget, .swappedSides]

  let context: CorpusContext
  /// Whether every line is identified.
  let isThorough: Bool
  private let identifier = LanguageIdentifier.builtIn

  init(context: CorpusContext, isThorough: Bool) { (self.context, self.isThorough) = (context, isThorough) }

  func check(_ pair: PairProfile, _ findings: inout PairFindings) {
    guard !findings.isHopeless, !findings.isGarbled else { return }
    let source = foreignLanguage(pair, .source)
    let target = foreignLanguage(pair, .target)
    guard source != nil || target != nil else { return }
    if source == context.target.language, target == context.source.language {
      return findings.add(.swappedSides, .both, hopeless: true)
    }
    if source != nil { findings.add(.wrongLanguageSource, .source, hopeless: true) }
    if target != nil { findings.add(.wrongLanguageTarget, .target, hopeless: true) }
  }

  /// The language of a side if it is certainly another one than it should be.
  private func foreignLanguage(_ pair: PairProfile, _ side: Sides) -> String? {
    let (line, expected) = (pair.profile(side), context.side(side))
    guard !expected.language.isEmpty, line.letters >= leastLetters(line), line.words.count >= 3 else {
      return nil
    }
    if !isThorough {
      let other = context.side(side == .source ? .target : .source)
      let foreign = expected.words.foreign(among: line.words, other: other.words)
      guard 5 * foreign >= 2 * line.words.count else { return nil }
    }
    let guesses = identifier.identify(Array(pair.text(side)))
    guard let best = guesses.first else { return nil }
    let language = primaryCode(best.language)
    guard language != expected.language, !areVariants(language, expected.language) else { return nil }
    let own = guesses.filter {
      let code = primaryCode($0.language)
      return code == expected.language || areVariants(code, expected.language)
    }
    .reduce(0) { $0 + $1.confidence }
    // The languages of the corpus are more probable than all others.
    let other = side == .source ? context.target.language : context.source.language
    let certainty = language == other ? 0.8 : line.letters < 40 ? 0.97 : 0.85
    return best.confidence >= certainty && own < 0.03 ? language : nil
  }

  /// Few letters say little; a Chinese character says as much as several.
  private func leastLetters(_ line: LineProfile) -> Int { line.mainScript == .latin ? 20 : 10 }
}

/// The language of a code without script and region.
func primaryCode(_ code: String) -> String { String(code.prefix { $0 != "-" && $0 != "_" }) }

/// Whether two languages are so similar that sentences of one are often taken for the other.
func areVariants(_ one: String, _ other: String) -> Bool {
  alike.contains { $0.contains(one) && $0.contains(other) }
}

private let alike: [Set<String>] = [
  ["bs", "hr", "sr", "sh", "cnr"], ["no", "nb", "nn", "da"], ["id", "ms"],
  ["zh", "yue", "wuu", "lzh", "cmn"],
  ["cs", "sk"], ["gl", "pt"], ["af", "nl"], ["fa", "prs"], ["hi", "mr", "ne"], ["es", "gl", "ast"],
  ["de", "nds", "lb", "gsw"],
  ["ru", "uk", "be"], ["tr", "az"],
]
