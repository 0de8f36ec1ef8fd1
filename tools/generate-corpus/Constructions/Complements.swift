/// Clauses in the place of an object.
extension Construction {
  static let complements: [Construction] = [
    Construction(name: "that", weight: 7) { composer in
      let verb = composer.pick([Lexicon.say, Lexicon.think, Lexicon.hope, Lexicon.know])
      var main = Clause(
        composer.person(), verb, verb.english.base == "say" ? composer.pick([.present, .past]) : .present)
      var clause = composer.reported()
      if verb.english.base == "hope" {
        clause = composer.activity(composer.person(), .future, among: Lexicon.verbs.filter { !$0.isStative })
      }
      if main.tense == .past { clause.tense = .past }
      main.complement = .that(clause)
      if verb.english.base == "think" { main.isNegated = composer.chance(15) }
      return .statement(main)
    },
    Construction(name: "whether", weight: 5) { composer in
      var main = composer.ignorance()
      main.complement = .whether(composer.reported())
      return .statement(main)
    },
    Construction(name: "indirect question", weight: 5) { composer in
      var main = composer.ignorance()
      var clause = composer.activity(
        NounPhrase(composer.pick([.he, .she, .they])), composer.pick([.present, .past]),
        among: Lexicon.verbs.filter { !$0.isStative })
      switch composer.random.number(in: 0...4) {
      case 0: clause.place = .interrogative(english: "where", german: "wo")
      case 1: clause.time = .interrogative(english: "when", german: "wann")
      case 2: clause.time = .interrogative(english: "why", german: "warum")
      case 3:
        clause = Clause(clause.subject, Lexicon.live)
        clause.place = .interrogative(english: "where", german: "wo")
      default:
        clause = composer.thingInPlace()
        clause.verb = Lexicon.be
        clause.predicate = nil
        clause.isNegated = false
        clause.place = .interrogative(english: "where", german: "wo")
      }
      main.complement = .question(clause)
      return .statement(main)
    },
    Construction(name: "question with a question in it", weight: 2) { composer in
      var main = Clause(NounPhrase(composer.you), Lexicon.know)
      var told = composer.reported()
      while told.subject.agreement.person == .formal { told = composer.reported() }
      main.complement = composer.chance(50) ? .whether(told) : .that(told)
      if case .whether(var clause) = main.complement {
        clause.time = nil
        clause.front = .subject
        if clause.place == nil { clause.time = .interrogative(english: "when", german: "wann") }
        if clause.time != nil, clause.verb.isStative { clause.time = nil }
        main.complement = clause.time == nil ? .whether(clause) : .question(clause)
      }
      return .question(main)
    },
    Construction(name: "zu infinitive", weight: 5) { composer in
      let subject = composer.person()
      let verb = composer.pick([
        Lexicon.try, Lexicon.plan, Lexicon.forget, Lexicon.begin, Lexicon.decide, Lexicon.hope,
        Lexicon.promise,
      ])
      var main = Clause(subject, verb, composer.pick([.present, .past]))
      if ["forget", "decide", "begin"].contains(verb.english.base) { main.tense = .past }
      if verb.takesPersonInDative {
        main.indirectObject =
          composer.chance(60)
          ? composer.objectPronoun(notOf: subject)
          : composer.nominalPerson(["kin", "friend"], owner: composer.owner(of: subject))
      }
      let verbs = Topics.actions + Topics.duties
      main.complement = .infinitive(composer.sharing(subject, among: verbs))
      return .statement(main)
    },
    Construction(name: "in order to", weight: 4) { composer in composer.errand() },
    Construction(name: "without ...ing", weight: 2) { composer in composer.omission() },
  ]
}

extension Composer {
  /// What one tells others: not too simple.
  mutating func reported() -> Clause {
    switch random.number(in: 0...5) {
    case 0: return description()
    case 1: return motion(person(), pick([.past, .future]))
    case 2: return state(person(), .present)
    default:
      var clause = activity(nil, pick([.present, .past, .future]))
      if clause.verb.isStative { clause.tense = .present }
      addTime(&clause, percent: 60)
      addPlace(&clause, percent: 45)
      clause.front = .subject
      return clause
    }
  }

  /// "I do not know", "She asks", "We wonder".
  mutating func ignorance() -> Clause {
    let verb = pick([Lexicon.know, Lexicon.ask, Lexicon.wonder])
    var clause = Clause(person(), verb, verb.english.base == "know" ? pick([.present, .past]) : .present)
    clause.isNegated = verb.english.base == "know"
    return clause
  }

  /// A clause without a subject of its own.
  mutating func sharing(_ subject: NounPhrase, place: Bool = true, among verbs: [Verb]) -> Clause {
    var clause = activity(subject, .present, among: verbs, isFinite: false)
    addManner(&clause)
    if place { addPlace(&clause, percent: 25) }
    return clause
  }

  /// "goes to the market in order to buy apples".
  mutating func errand() -> Sentence {
    let (goal, verbs) = pick(Topics.errands)
    let subject = person()
    var main = motion(subject, pick([.present, .past, .future]))
    while main.verb.places.contains("city") != (goal == "city") { main = motion(subject, main.tense) }
    if goal != "city" { main.direction = place([goal], with: \.whereTo) }
    addTime(&main, percent: 50)
    var clause = sharing(subject, place: false, among: verbs)
    if goal == "shop" {
      clause.directObject = object(["food", "fruit", "vegetable"], owner: owner(of: subject))
    }
    main.complement = .purpose(clause)
    return .statement(main)
  }

  /// "signed the contract without reading it".
  mutating func omission() -> Sentence {
    let (verbs, objects, omitted) = pick(Topics.omissions)
    let subject = person()
    var main = activity(subject, pick([.past, .past, .present]), among: verbs)
    main.directObject = object(objects, owner: owner(of: subject))
    addTime(&main, percent: 30)
    guard let antecedent = main.directObject?.antecedent else { return .statement(main) }
    var clause = Clause(subject, pick(omitted))
    clause.directObject = NounPhrase(.thing(antecedent))
    main.complement = .without(clause)
    return .statement(main)
  }
}
