/// Chooses words that go together.
///
/// The constructions are built on it.
struct Composer {
  var random: RandomSource
  /// What "you" is: German "Sie", unless the sentence begins with a first name.
  var you = Pronoun.youFormal

  mutating func chance(_ percent: Int) -> Bool { random.chance(percent) }
  mutating func pick<Element>(_ items: [Element]) -> Element { random.pick(items) }

  // MARK: Who

  /// Any subject for a verb that people do.
  mutating func person() -> NounPhrase {
    switch random.number(in: 0...99) {
    case 0..<42: NounPhrase(pick([.i, .he, .she, .we, .they, you]))
    case 42..<64: NounPhrase(pick(Lexicon.names))
    default: nominalPerson(["adult", "friend", "sibling"])
    }
  }

  /// A subject of the third person that a pronoun can take up again, with that pronoun.
  mutating func personWithPronoun() -> (NounPhrase, Pronoun) {
    if chance(45) {
      let name = pick(Lexicon.names)
      return (NounPhrase(name), name.pronoun)
    }
    let noun = pick(Lexicon.nouns(["adult", "sibling"]).filter { !$0.isPluralOnly })
    var phrase = nounPhrase(noun, determiners: [.definite, .definite, .indefinite])
    phrase.number = .singular
    return (phrase, noun.has("woman") ? .she : .he)
  }

  mutating func nominalPerson(_ tags: [String], owner: Pronoun? = nil) -> NounPhrase {
    let noun = pick(Lexicon.nouns(tags).filter(\.isPerson))
    let isPlural = !noun.has("kin") && chance(18)
    var phrase = nounPhrase(noun, owner: owner, determiners: [.definite, .definite, .indefinite, .this])
    if isPlural {
      phrase.number = .plural
      phrase.determiner = pick([
        .definite, .many, .some, .this, .cardinal(random.number(in: 2...5), inWords: true),
      ])
    }
    return phrase
  }

  /// A subject that suits the verb.
  mutating func subject(for verb: Verb) -> NounPhrase {
    if verb.subjects.contains("person"), !(verb.subjects.count > 1 && chance(25)) { return person() }
    let tags = verb.subjects.filter { $0 != "person" }
    if verb.subjects.contains("adult"), chance(60) { return person() }
    let noun = pick(Lexicon.nouns(tags))
    var phrase = nounPhrase(noun, determiners: [.definite, .definite, .this])
    if !noun.isMass, !noun.has("kin"), chance(25) { phrase.number = .plural }
    return phrase
  }

  // MARK: What

  /// A noun with determiner and perhaps an adjective; `owner` is whose it may be: "his" after "he".
  mutating func nounPhrase(
    _ noun: Noun, owner: Pronoun? = nil, determiners: [Determiner], adjectives percent: Int = 30
  ) -> NounPhrase {
    var phrase = NounPhrase(noun, noun.has("kin") ? .possessive(owner ?? anyOwner()) : pick(determiners))
    if noun.has("related"), chance(75) { phrase.determiner = .possessive(owner ?? anyOwner()) }
    if noun.isLanguage { phrase.determiner = .bare }
    if noun.isMass, !noun.isLanguage, case .indefinite = phrase.determiner { phrase.determiner = .bare }
    if noun.has("interest") { phrase.determiner = noun.isMass ? .bare : phrase.determiner }
    if noun.isMass, noun.hasAny(["told", "weather"]) { phrase.determiner = .definite }
    if !noun.hasAny(["kin", "interest"]), !noun.isLanguage, chance(percent) { addAdjective(&phrase) }
    return phrase
  }

  /// An object of a verb.
  mutating func object(_ tags: [String], owner: Pronoun? = nil) -> NounPhrase {
    let noun = pick(Lexicon.nouns(tags))
    let own = owner ?? anyOwner()
    let isOwnable =
      !noun.hasAny(["wild", "sight", "weather", "show", "public"])
      && (!noun.isPerson || noun.hasAny(["related", "kin"]))
    var phrase = nounPhrase(
      noun, owner: owner,
      determiners: [
        .definite, .definite, .indefinite, .indefinite, isOwnable ? .possessive(own) : .this, .this,
      ])
    if noun.hasAny(["food", "drink"]), case .possessive = phrase.determiner { phrase.determiner = .definite }
    if !noun.isMass, !noun.hasAny(["kin", "topic", "language", "sport"]), chance(noun.has("plenty") ? 85 : 20)
    {
      pluralize(&phrase)
    }
    return phrase
  }

  mutating func pluralize(_ phrase: inout NounPhrase) {
    phrase.number = .plural
    if case .indefinite = phrase.determiner {
      phrase.determiner = pick([
        .indefinite, .many, .some, .cardinal(random.number(in: 2...5), inWords: true),
      ])
    }
  }

  func adjectives(for noun: Noun) -> [Adjective] {
    Lexicon.adjectives.filter { noun.hasAny($0.fits) || $0.fits.contains(noun.english.singular) }
  }

  mutating func addAdjective(_ phrase: inout NounPhrase) {
    guard case .noun(let noun) = phrase.head else { return }
    let fitting = adjectives(for: noun)
    guard !fitting.isEmpty else { return }
    phrase.adjectives = [GradedAdjective(adjective: pick(fitting))]
  }

  mutating func anyOwner() -> Pronoun { pick([.i, .i, .he, .she, .we, .they, you]) }

  /// The possessor that a subject suggests: "she" for Anna.
  func owner(of subject: NounPhrase) -> Pronoun {
    if !subject.isPronoun, subject.agreement.number == .plural { return .they }
    return switch subject.head {
    case .pronoun(let pronoun): pronoun
    case .name(let name): name.pronoun
    case .noun(let noun) where subject.agreement.number == .singular && noun.isPerson && !noun.has("neutral"):
      noun.has("woman") ? .she : .he
    case .noun: .they
    default: .i
    }
  }

  /// A pronoun as object, never the subject itself.
  mutating func objectPronoun(notOf subject: NounPhrase) -> NounPhrase {
    switch subject.agreement.person {
    case .first: NounPhrase(pick([.he, .she, .they, you]))
    case .formal, .familiar: NounPhrase(pick([.i, .he, .she, .we, .they]))
    case .third: NounPhrase(pick([.i, .we, you]))
    }
  }

  // MARK: Where and when

  mutating func place(_ tags: [String], with preposition: KeyPath<Place, Preposition>) -> Adverbial {
    let place = pick(Lexicon.places.filter { place in tags.contains { place.tags.contains($0) } })
    var phrase = NounPhrase(place.noun)
    if chance(12) { addAdjective(&phrase) }
    if chance(8) { phrase.determiner = .this }
    return .phrase(PrepositionalPhrase(preposition: place[keyPath: preposition], object: phrase))
  }

  mutating func time(for tense: Tense) -> Adverbial? {
    switch tense {
    case .present: timeAdverbial(\.isHabitual)
    case .past: chance(15) ? clockTime() : timeAdverbial(\.isPast)
    case .future: chance(15) ? clockTime() : timeAdverbial(\.isFuture)
    case .progressive, .perfect, .ongoing: nil
    }
  }

  private mutating func timeAdverbial(_ suits: (TimeExpression) -> Bool) -> Adverbial {
    if chance(15) {
      let day = pick(Lexicon.weekdays)
      return .fixed(english: "on \(day.english)", german: "am \(day.german)")
    }
    return pick(Lexicon.times.filter(suits)).adverbial
  }
}
