/// English words of noun phrases and what contains them.
enum EnglishNounPhrases {
  static func words(_ phrase: NounPhrase, isSubject: Bool) -> [String] {
    let head: [String] =
      switch phrase.head {
      case .pronoun(let pronoun): [isSubject ? pronoun.englishSubject : pronoun.englishObject]
      case .name(let name): name.english.words
      case .relative(let antecedent): [antecedent.isPerson && isSubject ? "who" : "that"]
      case .interrogative(let word): [word == .who ? "who" : "what"]
      case .amount(let amount): amount.english.words
      case .noun(let noun): nounWords(phrase, noun)
      }
    return head + phrase.modifiers.flatMap { after($0, isSubject: isSubject) }
  }

  static func words(_ phrase: PrepositionalPhrase) -> [String] {
    preposition(phrase.preposition) + words(phrase.object, isSubject: false)
  }

  static func words(_ adverbial: Adverbial) -> [String] {
    switch adverbial {
    case .fixed(let english, _), .interrogative(let english, _): english.words
    case .phrase(let phrase): words(phrase)
    }
  }

  /// Empty for verbs whose preposition is German only: "remember", "sich erinnern an".
  static func preposition(_ preposition: Preposition) -> [String] {
    preposition.english == "-" ? [] : preposition.english.words
  }

  private static func nounWords(_ phrase: NounPhrase, _ noun: Noun) -> [String] {
    var words = phrase.adjectives.flatMap { $0.adjective.english.form($0.degree).words }
    words += noun.english.form(phrase.number).words
    if let owner = possessor(phrase), isAnimate(owner) {
      return genitive(self.words(owner, isSubject: true)) + words
    }
    return determiner(phrase.determiner, number: phrase.number, before: words[0]) + words
  }

  private static func after(_ modifier: NounPhrase.Modifier, isSubject: Bool) -> [String] {
    switch modifier {
    case .possessor(let owner): isAnimate(owner) ? [] : ["of"] + words(owner, isSubject: false)
    case .location(let phrase): words(phrase)
    case .conjunct(let other): ["and"] + words(other, isSubject: isSubject)
    case .relativeClause(let clause): EnglishClauses.embedded(clause)
    }
  }

  private static func possessor(_ phrase: NounPhrase) -> NounPhrase? {
    for case .possessor(let owner) in phrase.modifiers { return owner }
    return nil
  }

  private static func isAnimate(_ phrase: NounPhrase) -> Bool {
    guard case .noun(let noun) = phrase.head else { return true }
    return noun.isPerson || noun.has("animal")
  }

  private static func genitive(_ words: [String]) -> [String] {
    words.dropLast() + words.suffix(1).map { $0.hasSuffix("s") ? $0 + "'" : $0 + "'s" }
  }

  private static func determiner(
    _ determiner: Determiner, number: GrammaticalNumber, before next: String
  ) -> [String] {
    switch determiner {
    case .definite: ["the"]
    case .indefinite: number == .plural ? [] : [startsWithVowelSound(next) ? "an" : "a"]
    case .bare: []
    case .this: [number == .plural ? "these" : "this"]
    case .every: ["every"]
    case .many: ["many"]
    case .some: ["some"]
    case .no: ["no"]
    case .which: ["which"]
    case .possessive(let pronoun): [pronoun.englishPossessive]
    case .cardinal(let count, let inWords): [inWords ? Numerals.english(count) : "\(count)"]
    }
  }

  private static func startsWithVowelSound(_ word: String) -> Bool {
    guard let first = word.first, !word.hasPrefix("uni") else { return false }
    return "aeiou".contains(first.lowercased())
  }
}
