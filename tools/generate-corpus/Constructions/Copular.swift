/// Sentences with "be".
extension Construction {
  static let copular: [Construction] = [
    Construction(name: "adjective", weight: 4) { composer in
      var clause = composer.description()
      clause.isNegated = composer.chance(20)
      return .statement(clause)
    },
    Construction(name: "state of a person", weight: 2) { composer in
      var clause = composer.state(composer.person(), composer.pick([.present, .past]))
      clause.time =
        clause.tense == .past ? composer.time(for: .past) : .fixed(english: "today", german: "heute")
      if composer.chance(50) { clause.time = nil }
      clause.isNegated = composer.chance(20)
      return .statement(clause)
    },
    Construction(name: "comparative", weight: 4) { composer in
      let (clause, _) = composer.comparison()
      return .statement(clause)
    },
    Construction(name: "superlative", weight: 3) { composer in
      var phrase = composer.thing()
      while true {
        guard case .noun(let noun) = phrase.head else { break }
        let raised = composer.adjectives(for: noun).filter(\.isGradable)
        if !raised.isEmpty {
          phrase.adjectives = [GradedAdjective(adjective: composer.pick(raised), degree: .superlative)]
          break
        }
        phrase = composer.thing()
      }
      phrase.determiner = .definite
      let setting = composer.pick(
        Lexicon.places.filter { ["village", "city", "street"].contains($0.noun.english.singular) })
      if phrase.has("building"), composer.chance(70) {
        var place = NounPhrase(setting.noun)
        place.determiner = composer.pick([.definite, .this])
        phrase.modifiers = [.location(PrepositionalPhrase(preposition: setting.whereAt, object: place))]
        var clause = Clause(NounPhrase(Pronoun.demonstrative), Lexicon.be)
        clause.predicate = .noun(phrase)
        return .statement(clause)
      }
      var clause = composer.activity(nil, .past, among: [composer.superlativeVerb(phrase)])
      clause.directObject = phrase
      composer.addTime(&clause)
      return .statement(clause)
    },
    Construction(name: "profession", weight: 2) { composer in
      let person =
        composer.chance(50) ? NounPhrase(composer.pick([.he, .she])) : composer.personWithPronoun().0
      let isFemale = if case .she = composer.owner(of: person) { true } else { false }
      let jobs = Lexicon.nouns(["job"]).filter { $0.feminine != nil }
      var clause = Clause(person, Lexicon.be, composer.pick([.present, .present, .past]))
      clause.predicate = .profession(composer.pick(jobs), isFemale: isFemale)
      clause.isNegated = composer.chance(15)
      if case .noun(let noun) = person.head, !noun.has("kin") {
        clause.subject = NounPhrase(isFemale ? .she : .he)
      }
      return .statement(clause)
    },
    Construction(name: "where somebody is", weight: 3) { composer in
      var clause = Clause(composer.person(), Lexicon.be, composer.pick([.present, .past]))
      clause.predicate = .location(
        composer.chance(35)
          ? composer.inTown() : composer.place(["home", "work", "town", "shop", "travel"], with: \.whereAt))
      if clause.tense == .past { clause.time = composer.time(for: .past) }
      if clause.time != nil, composer.chance(40) { clause.front = .time }
      clause.isNegated = composer.chance(15)
      return .statement(clause)
    },
    Construction(name: "where something is", weight: 3) { composer in .statement(composer.thingInPlace()) },
    Construction(name: "there is", weight: 4) { composer in .statement(composer.existence()) },
    Construction(name: "weather", weight: 1) { composer in
      var clause = composer.weather(composer.pick([.present, .past, .future]))
      clause.place = composer.chance(40) ? composer.inTown() : nil
      if let time = composer.time(for: clause.tense), composer.chance(70) {
        clause.time = time
        if composer.chance(40) { clause.front = .time }
      }
      return .statement(clause)
    },
  ]
}

extension Composer {
  mutating func thing() -> NounPhrase {
    let noun = pick(
      Lexicon.nouns(["owned", "furniture", "device", "clothing", "building", "text", "show", "instrument"]))
    return NounPhrase(noun, pick([.definite, .this, .possessive(anyOwner())]))
  }

  /// Such as "My car is new".
  mutating func description() -> Clause {
    var phrase = thing()
    if chance(30) {
      phrase = NounPhrase(
        pick(Lexicon.nouns(["food", "drink", "pet", "job", "difficult"])), pick([.definite, .this]))
    }
    guard case .noun(let noun) = phrase.head else { preconditionFailure("a thing is a noun") }
    if !noun.isMass, chance(25) { phrase.number = .plural }
    var clause = Clause(phrase, Lexicon.be, pick([.present, .present, .past]))
    clause.predicate = .adjective(pick(adjectives(for: noun)))
    return clause
  }

  mutating func state(_ subject: NounPhrase, _ tense: Tense) -> Clause {
    var clause = Clause(subject, Lexicon.be, tense)
    clause.predicate = .adjective(pick(Lexicon.states))
    return clause
  }

  /// "My car is older than your house", with things of one kind.
  mutating func comparison() -> (Clause, Adjective) {
    let kinds = [
      "owned", "public", "furniture", "device", "clothing", "building", "text", "show", "pet", "job", "food",
      "drink",
      "instrument",
    ]
    while true {
      let kind = pick(kinds)
      let first = pick(Lexicon.nouns([kind]))
      let second = pick(Lexicon.nouns([kind]))
      let common = adjectives(for: first).filter { adjective in
        adjective.isGradable && adjectives(for: second).contains { $0.english.base == adjective.english.base }
      }
      guard !common.isEmpty else { continue }
      let adjective = pick(common)
      let isOwnable = !["building", "show", "food", "drink", "job"].contains(kind)
      let one = NounPhrase(first, isOwnable ? .possessive(anyOwner()) : pick([.definite, .this]))
      var other = NounPhrase(second, isOwnable && chance(50) ? .possessive(anyOwner()) : .definite)
      if first.english.singular == second.english.singular {
        guard isOwnable else { continue }
        other = NounPhrase(second)
        other.modifiers = [.possessor(NounPhrase(pick(Lexicon.names.filter(\.isFirstName))))]
      }
      var clause = Clause(one, Lexicon.be, pick([.present, .present, .past]))
      clause.predicate = chance(65) ? .comparison(adjective, other) : .equality(adjective, other)
      clause.isNegated = if case .equality = clause.predicate { chance(50) } else { false }
      return (clause, adjective)
    }
  }

  mutating func superlativeVerb(_ phrase: NounPhrase) -> Verb {
    let english =
      phrase.has("text")
      ? ["read"] : phrase.has("show") ? ["watch"] : phrase.has("building") ? ["see"] : ["buy", "sell"]
    let wanted = pick(english)
    return Lexicon.verbs.first { $0.english.base == wanted && !$0.takesPersonInDative } ?? Lexicon.be
  }

  /// Such as "The key is on the table".
  mutating func thingInPlace() -> Clause {
    let noun = pick(Lexicon.nouns(["thing", "pet"]).filter { !$0.hasAny(["plant", "present"]) })
    let stand = pick(
      Lexicon.nouns(["furniture"]).filter { !["carpet", "mirror", "lamp"].contains($0.english.singular) })
    let preposition: Preposition = pick(
      stand.has("surface")
        ? [Preposition.on, .on, .under, .nextTo] : [Preposition.under, .behind, .nextTo, .inFrontOf])
    var clause = Clause(
      NounPhrase(noun, pick([.definite, .possessive(anyOwner())])),
      noun.has("pet") || chance(50) ? Lexicon.be : Lexicon.lie)
    let object = nounPhrase(stand, determiners: [.definite, .definite, .possessive(anyOwner())])
    let location = Adverbial.phrase(PrepositionalPhrase(preposition: preposition, object: object))
    clause.predicate = .location(location)
    clause.isNegated = chance(12)
    return clause
  }

  /// Such as "There are two bakeries in this street".
  mutating func existence() -> Clause {
    let place = pick(Lexicon.places.filter { $0.tags.contains("live") })
    let things = Lexicon.places.filter {
      $0.tags.contains("goal")
        && !["forest", "beach", "lake", "river", "airport"].contains($0.noun.english.singular)
    }
    var thing = NounPhrase(pick(things).noun, .indefinite)
    if chance(40) { addAdjective(&thing) }
    if chance(30) {
      thing.number = .plural
      thing.determiner = pick([.many, .some, .no, .cardinal(random.number(in: 2...9), inWords: true)])
    } else if chance(15) {
      thing.determiner = .no
    }
    var clause = Clause(NounPhrase(.existential), Lexicon.exist, pick([.present, .present, .past]))
    clause.directObject = thing
    var location = NounPhrase(place.noun, pick([.definite, .this, .possessive(anyOwner())]))
    if chance(20) { addAdjective(&location) }
    clause.place = .phrase(PrepositionalPhrase(preposition: place.whereAt, object: location))
    if clause.tense == .present, chance(25) { clause.front = .place }
    return clause
  }

  /// Rain, snow, cold or wind.
  mutating func badWeather(_ tense: Tense) -> Clause {
    if chance(60) { return Clause(NounPhrase(.impersonal), pick([Lexicon.rain, Lexicon.snow]), tense) }
    var clause = Clause(NounPhrase(.impersonal), Lexicon.be, tense)
    clause.predicate = .adjective(
      pick(Lexicon.weather.filter { ["cold", "windy", "dark"].contains($0.english.base) }))
    return clause
  }

  mutating func weather(_ tense: Tense) -> Clause {
    if chance(50) { return Clause(NounPhrase(.impersonal), pick([Lexicon.rain, Lexicon.snow]), tense) }
    var clause = Clause(NounPhrase(.impersonal), Lexicon.be, tense)
    clause.predicate = .adjective(pick(Lexicon.weather))
    return clause
  }
}
