/// Gender and declension of a German noun.
struct GermanNoun: Sendable {
  let gender: Gender
  let singular: String
  /// Nominative plural; empty for mass nouns.
  let plural: String
  /// Takes -n or -en in all cases but the nominative: der Student, den Studenten.
  let isWeak: Bool
  /// A genitive that the rule does not give.
  private let irregularGenitive: String?

  init(articleAndSingular: String, plural: String, isWeak: Bool, genitive: String?) {
    let words = articleAndSingular.split(separator: " ", maxSplits: 1).map(String.init)
    precondition(words.count == 2, "lexicon: '\(articleAndSingular)' needs der, die or das")
    gender =
      switch words[0] {
      case "der": .masculine
      case "die": .feminine
      case "das": .neuter
      default: preconditionFailure("lexicon: '\(articleAndSingular)' needs der, die or das")
      }
    singular = words[1]
    self.plural = plural
    self.isWeak = isWeak
    irregularGenitive = genitive
  }

  func form(_ case: GrammaticalCase, _ number: GrammaticalNumber) -> String {
    number == .plural ? pluralForm(`case`) : singularForm(`case`)
  }

  private func singularForm(_ case: GrammaticalCase) -> String {
    if gender == .feminine || `case` == .nominative { return singular }
    // Weak nouns: the n of the plural, but Nachbar and Herr behave like the rest here.
    if isWeak { return singular + (singular.hasSuffix("e") || singular.hasSuffix("ar") ? "n" : "en") }
    return `case` == .genitive ? irregularGenitive ?? regularGenitive : singular
  }

  /// -es after one syllable or a hiss, else -s.
  private var regularGenitive: String {
    if singular.hasSuffix("nis") { return singular + "ses" }
    if singular == "Bus" { return "Busses" }
    let hisses = ["s", "ß", "z", "x"].contains(where: singular.hasSuffix)
    let vowels = "aeiouäöüyé"
    let syllables = singular.lowercased().split(whereSeparator: { !vowels.contains($0) }).count
    let endsInVowel = singular.last.map { vowels.contains($0) } ?? false
    let isShort = syllables == 1 && !endsInVowel && !Self.borrowed.contains(singular)
    return singular + (hisses || isShort ? "es" : "s")
  }

  /// One-syllable words that take plain -s.
  private static let borrowed: Set<String> = ["Schal", "Park", "Tee", "Film", "Chef"]

  /// The dative plural ends in -n, unless the plural ends in -n or -s.
  private func pluralForm(_ case: GrammaticalCase) -> String {
    guard `case` == .dative, let last = plural.last, !"ns".contains(last) else { return plural }
    return plural + "n"
  }
}
