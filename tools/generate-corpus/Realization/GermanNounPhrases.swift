/// German words of noun phrases and what contains them.
enum GermanNounPhrases {
  static func words(_ phrase: NounPhrase, _ case: GrammaticalCase) -> [String] {
    let head: [String] =
      switch phrase.head {
      case .pronoun(let pronoun): [pronoun.german(`case`)]
      case .name(let name): (`case` == .nominative ? name.german : name.oblique).words
      case .relative(let antecedent):
        [GermanEndings.relative(`case`, antecedent.number, antecedent.gender)]
      case .interrogative(let word): [interrogative(word, `case`)]
      case .amount(let amount): amount.german.words
      case .noun(let noun): nounWords(phrase, noun, `case`)
      }
    return head + phrase.modifiers.flatMap { after($0, `case`) }
  }

  static func words(_ phrase: PrepositionalPhrase) -> [String] {
    let preposition = phrase.preposition
    let object = words(phrase.object, preposition.governs)
    let germanWords = preposition.german.words
    guard germanWords.count == 1, case .noun = phrase.object.head, case .definite = phrase.object.determiner,
      let article = object.first, let short = contractions[preposition.german + " " + article]
    else { return germanWords + object }
    return [short] + object.dropFirst()
  }

  static func words(_ adverbial: Adverbial) -> [String] {
    switch adverbial {
    case .fixed(_, let german), .interrogative(_, let german): german.words
    case .phrase(let phrase): words(phrase)
    }
  }

  private static let contractions = [
    "in dem": "im", "in das": "ins", "an dem": "am", "an das": "ans", "zu dem": "zum", "zu der": "zur",
    "von dem": "vom", "bei dem": "beim",
  ]

  private static func interrogative(_ word: Interrogative, _ case: GrammaticalCase) -> String {
    guard word == .who else { return "was" }
    return switch `case` {
    case .nominative: "wer"
    case .accusative: "wen"
    case .dative: "wem"
    case .genitive: "wessen"
    }
  }

  private static func nounWords(_ phrase: NounPhrase, _ noun: Noun, _ case: GrammaticalCase) -> [String] {
    let gender = noun.german.gender
    let (determiner, declension) = determiner(phrase, gender, `case`)
    let ending = GermanEndings.adjective(declension, `case`, phrase.number, gender)
    return determiner
      + phrase.adjectives.map { $0.adjective.german.attributive($0.degree, ending: ending) }
      + [noun.german.form(`case`, phrase.number)]
  }

  private static func determiner(
    _ phrase: NounPhrase, _ gender: Gender, _ case: GrammaticalCase
  ) -> (words: [String], declension: AdjectiveDeclension) {
    if let owner = nameOfPossessor(phrase) { return ([owner], .strong) }
    let number = phrase.number
    let strong = GermanEndings.dieser(`case`, number, gender)
    let weak = GermanEndings.ein(`case`, number, gender)
    switch phrase.determiner {
    case .definite: return ([GermanEndings.article(`case`, number, gender)], .weak)
    case .indefinite: return number == .plural ? ([], .strong) : (["ein" + weak], .mixed)
    case .bare: return ([], .strong)
    case .this: return (["dies" + strong], .weak)
    case .every: return (["jed" + strong], .weak)
    case .which: return (["welch" + strong], .weak)
    case .many: return (["viel" + strong], .strong)
    case .some: return (["einig" + strong], .strong)
    case .no: return (["kein" + weak], .mixed)
    case .possessive(let pronoun): return ([pronoun.germanPossessive + weak], .mixed)
    case .cardinal(let count, let inWords): return ([inWords ? Numerals.german(count) : "\(count)"], .strong)
    }
  }

  /// "Annas"; other possessors follow in the genitive.
  private static func nameOfPossessor(_ phrase: NounPhrase) -> String? {
    for case .possessor(let owner) in phrase.modifiers {
      if case .name(let name) = owner.head { return name.oblique + "s" }
    }
    return nil
  }

  private static func after(_ modifier: NounPhrase.Modifier, _ case: GrammaticalCase) -> [String] {
    switch modifier {
    case .possessor(let owner):
      if case .name = owner.head { [] } else { words(owner, .genitive) }
    case .location(let phrase): words(phrase)
    case .conjunct(let other): ["und"] + words(other, `case`)
    case .relativeClause(let clause): [","] + GermanClauses.words(clause, .verbFinal) + [","]
    }
  }
}
