/// Noun phrases with something attached, the passive, and phrases of reason.
extension Construction {
  static let noteworthy: [Construction] = [
    Construction(name: "genitive", weight: 5) { composer in
      var clause = composer.activity(
        nil, composer.pick([.present, .past]), among: composer.verbsWithThings())
      let thing = composer.thingLike(clause.directObject)
      if thing.isSpareBook { clause.verb = Topics.verbs("translate")[0] }
      clause.directObject = composer.possessed(thing)
      composer.addTime(&clause, percent: 30)
      return .statement(clause)
    },
    Construction(name: "genitive subject", weight: 3) { composer in
      var clause = composer.description()
      while clause.subject.isConsumable { clause = composer.description() }
      clause.subject = composer.possessed(clause.subject)
      clause.subject.adjectives = []
      return .statement(clause)
    },
    Construction(name: "relative clause (subject)", weight: 6) { composer in
      var person = composer.relativeAntecedent()
      let main = composer.activity(
        composer.person(), composer.pick([.present, .past]),
        among: Lexicon.verbs.filter {
          ["help", "thank", "invite", "visit", "call", "wait", "know"].contains($0.english.base)
        })
      guard let antecedent = person.antecedent else { return .statement(main) }
      var clause = composer.activity(
        NounPhrase(.relative(antecedent)), composer.pick([.present, .past]),
        among: Lexicon.verbs.filter { $0.subjects.contains("person") })
      clause.directObject = composer.neutral(clause.directObject)
      composer.addPlace(&clause, percent: 50)
      if !clause.verb.isStative, clause.tense == .past { composer.addTime(&clause, percent: 40) }
      clause.front = .subject
      person.modifiers = [.relativeClause(clause)]
      var sentence = main
      if sentence.indirectObject != nil {
        sentence.indirectObject = person
      } else if sentence.prepositionalObject != nil {
        sentence.prepositionalObject?.object = person
      } else {
        sentence.directObject = person
      }
      return .statement(sentence)
    },
    Construction(name: "relative clause (object)", weight: 5) { composer in
      let owner = composer.person()
      var clause = composer.activity(owner, .past, among: composer.verbsWithThings())
      var thing = composer.thingLike(clause.directObject)
      if thing.isSpareBook { clause.verb = Topics.verbs("translate")[0] }
      guard let antecedent = thing.antecedent, case .noun(let noun) = thing.head else {
        return .statement(clause)
      }
      clause.directObject = NounPhrase(.relative(antecedent))
      composer.addTime(&clause, percent: 50)
      clause.front = .subject
      thing.modifiers = [.relativeClause(clause)]
      var main = Clause(thing, Lexicon.be, composer.pick([.present, .past]))
      main.predicate = .adjective(composer.pick(composer.adjectives(for: noun)))
      return .statement(main)
    },
    Construction(name: "relative clause (preposition)", weight: 3) { composer in
      let verbs = Lexicon.verbs.filter { $0.governed != nil && $0.english.tail.first != "interested" }
      while true {
        var clause = composer.activity(composer.person(), composer.pick([.present, .past]), among: verbs)
        guard var thing = clause.prepositionalObject?.object, !thing.has("kin"),
          case .noun(let noun) = thing.head,
          !composer.adjectives(for: noun).isEmpty
        else { continue }
        thing.determiner = .definite
        thing.adjectives = []
        guard let antecedent = thing.antecedent else { continue }
        clause.prepositionalObject?.object = NounPhrase(.relative(antecedent))
        thing.modifiers = [.relativeClause(clause)]
        var main = Clause(thing, Lexicon.be, clause.tense)
        main.predicate = .adjective(composer.pick(composer.adjectives(for: noun)))
        return .statement(main)
      }
    },
    Construction(name: "passive", weight: 4) { composer in
      let active = composer.activity(
        nil, composer.pick([.past, .past, .present]), among: Lexicon.verbs.filter(\.hasPassive))
      guard let object = active.directObject else { return .statement(active) }
      var clause = Clause(composer.neutralized(object), active.verb, active.tense)
      clause.isPassive = true
      if composer.chance(35) {
        clause.modal = composer.pick([.must, .can, .should])
        clause.tense = .present
      } else if composer.chance(50), clause.tense == .past {
        clause.time = clause.verb.english.base == "build" ? composer.year() : composer.time(for: .past)
        if composer.chance(30) { clause.front = .time }
      } else if clause.tense == .present {
        clause.time = composer.time(for: .present)
      }
      if composer.chance(25), clause.modal == nil {
        clause.companion = PrepositionalPhrase(
          preposition: .by, object: composer.nominalPerson(["job", "neighbour", "friend"]))
      }
      clause.isNegated = clause.companion == nil && composer.chance(15)
      return .statement(clause)
    },
    Construction(name: "because of, despite, during", weight: 3) { composer in composer.circumstance() },
    Construction(name: "for somebody", weight: 4) { composer in
      var clause = composer.activity(
        nil, composer.pick([.present, .past, .future]),
        among: Lexicon.verbs.filter {
          ["buy", "cook", "bake", "write", "order", "paint", "build", "prepare"].contains($0.english.base)
        })
      let preposition = Preposition.for
      clause.companion = PrepositionalPhrase(
        preposition: preposition,
        object: composer.chance(25)
          ? composer.objectPronoun(notOf: clause.subject)
          : composer.nominalPerson(
            ["kin", "friend", "child", "guest"], owner: composer.owner(of: clause.subject)))
      clause.manner = nil
      composer.addTime(&clause, percent: 40)
      return .statement(clause)
    },
    Construction(name: "two subjects", weight: 3) { composer in
      let (first, _) = composer.personWithPronoun()
      var subject = first
      subject.modifiers = [
        .conjunct(
          composer.chance(60)
            ? NounPhrase(composer.pick(Lexicon.names.filter(\.isFirstName)))
            : composer.nominalPerson(["kin", "friend"], owner: composer.owner(of: first)))
      ]
      var clause = composer.activity(
        subject, composer.pick([.present, .past, .future]), among: Lexicon.verbs.filter { !$0.isStative })
      composer.furnish(&clause)
      clause.companion = nil
      return .statement(clause)
    },
  ]
}

extension Composer {
  /// "because of the bad weather", "during the meeting".
  mutating func circumstance() -> Sentence {
    let events = ["party", "wedding", "meeting", "concert", "exam", "trip"]
    let (preposition, tags, verbs) = pick([
      (Preposition.becauseOf, ["weather"], Topics.verbs("rest", "complain", "hurry", "arrive", "wait")),
      (
        .becauseOf, ["exam", "meeting", "wedding"],
        Topics.verbs("hurry", "learn", "work", "sleep", "worry", "get up")
      ),
      (.despite, ["weather"], Topics.outdoors),
      (.despite, ["problem", "mistake"], Topics.verbs("laugh", "smile", "sell", "buy", "sign")),
      (.during, ["party", "wedding", "concert", "trip"], Topics.social),
      (.after, events, Topics.social + Topics.leisure),
      (.before, events, Topics.duties + Topics.leisure),
    ])
    var clause = activity(person(), pick([.past, .past, .present]), among: verbs)
    var event = NounPhrase(pick(Lexicon.nouns(tags)), pick([.definite, .definite, .this]))
    if chance(30) { addAdjective(&event) }
    if event.has("weather") { event.adjectives = [GradedAdjective(adjective: adjective("bad"))] }
    clause.time = .phrase(PrepositionalPhrase(preposition: preposition, object: event))
    clause.front = chance(45) ? .time : .subject
    return .statement(clause)
  }

  func adjective(_ english: String) -> Adjective {
    guard let adjective = Lexicon.adjectives.first(where: { $0.english.base == english }) else {
      preconditionFailure("lexicon: no adjective '\(english)'")
    }
    return adjective
  }

  func verbsWithThings() -> [Verb] {
    Lexicon.verbs.filter { verb in
      !verb.takesPersonInDative && verb.subjects.contains("person")
        && [
          "find", "repair", "wash", "read", "buy", "sell", "use", "open", "clean", "translate", "see",
          "throw", "watch", "forget",
        ]
        .contains(verb.english.base)
    }
  }

  /// A definite thing that adjectives suit.
  mutating func thingLike(_ phrase: NounPhrase?) -> NounPhrase {
    guard let phrase, case .noun(let noun) = phrase.head, !adjectives(for: noun).isEmpty,
      !noun.hasAny(["person", "food", "drink", "sight", "wild", "public"])
    else {
      return NounPhrase(Lexicon.noun("book"))
    }
    return NounPhrase(noun, .definite, number: noun.isMass ? .singular : phrase.number)
  }

  /// "my brother's car", "Anna's new car", "the roof of the old house".
  mutating func possessed(_ phrase: NounPhrase) -> NounPhrase {
    guard case .noun(let noun) = phrase.head else { return phrase }
    var result = NounPhrase(noun, .definite, number: phrase.number)
    if noun.has("part"), chance(70) {
      var whole = NounPhrase(
        pick(
          Lexicon.nouns(["building"])
            + Lexicon.places.filter { $0.tags.contains("town") }.map(\.noun).filter {
              !["park", "square"].contains($0.english.singular)
            }))
      if chance(40) { addAdjective(&whole) }
      if whole.has("home"), chance(40) { whole.determiner = .possessive(anyOwner()) }
      result.modifiers = [.possessor(whole)]
      return result
    }
    if chance(30) { addAdjective(&result) }
    let owner =
      chance(35)
      ? NounPhrase(pick(Lexicon.names))
      : nominalPerson(["kin", "neighbour", "friend", "colleague", "job", "child"])
    var possessor = owner
    if !possessor.has("kin"), case .noun(let person) = possessor.head {
      possessor = NounPhrase(person, pick([.definite, .possessive(anyOwner())]))
    }
    if possessor.has("job") { possessor.determiner = .definite }
    result.modifiers = [.possessor(possessor)]
    return result
  }

  mutating func relativeAntecedent() -> NounPhrase {
    let noun = pick(
      Lexicon.nouns(["job", "woman", "man", "boy", "neighbour", "friend", "colleague"]).filter {
        !$0.has("kin")
      })
    return NounPhrase(noun, .definite, number: chance(20) ? .plural : .singular)
  }

  /// As subject of a passive: definite.
  mutating func neutralized(_ phrase: NounPhrase) -> NounPhrase {
    var phrase = phrase
    if !phrase.has("kin"), !phrase.has("related") { phrase.determiner = pick([.definite, .definite, .this]) }
    return phrase
  }
}

extension NounPhrase {
  /// What `thingLike` gives where nothing else fits: not every verb goes with it.
  fileprivate var isSpareBook: Bool {
    if case .noun(let noun) = head { noun.english.singular == "book" } else { false }
  }

  /// Food, drinks, jobs, public places and sights, for which an owner would be odd.
  fileprivate var isConsumable: Bool {
    has("food") || has("drink") || has("job") || has("public") || has("sight")
  }
}
