/// Two clauses: subordination and coordination, with reasons that make sense.
extension Construction {
  static let links: [Construction] = [
    Construction(name: "because it is ...", weight: 5) { composer in composer.choiceWithReason() },
    Construction(name: "because he is tired", weight: 5) { composer in composer.consequenceOfState() },
    Construction(name: "because he has to ...", weight: 5) { composer in
      let (subject, pronoun) = composer.chance(50) ? composer.personWithPronoun() : composer.pronounTwice()
      var main = composer.activity(subject, .present, among: Topics.leisure)
      main.modal = .can
      main.isNegated = true
      composer.negate(&main)
      var reason = composer.activity(
        NounPhrase(pronoun), .present, among: Topics.duties)
      reason.modal = .must
      if composer.chance(50) {
        main.tense = .past
        reason.tense = .past
        main.time = composer.time(for: .past)
      }
      return .linked(main: main, .because, reason, subordinateFirst: composer.chance(25))
    },
    Construction(name: "although", weight: 5) { composer in
      let (subject, pronoun) = composer.chance(50) ? composer.personWithPronoun() : composer.pronounTwice()
      let tense = composer.pick([Tense.present, .past])
      let state = composer.unfavourable(composer.chance(30) ? subject : nil, pronoun: pronoun, tense)
      let first = composer.chance(40)
      var main = composer.activity(
        first && state.isPersonal ? NounPhrase(pronoun) : subject, tense,
        among: state.isPersonal ? Topics.duties + Topics.leisure : Topics.outdoors)
      composer.addPlace(&main, percent: 40)
      if tense == .past, !first {
        composer.addTime(&main, percent: 40)
        main.front = .subject
      }
      var clause = state.clause
      if state.isPersonal { clause.subject = first ? subject : NounPhrase(pronoun) }
      return .linked(main: main, .although, clause, subordinateFirst: first)
    },
    Construction(name: "if", weight: 6) { composer in composer.condition() },
    Construction(name: "when (present)", weight: 2) { composer in
      let condition = composer.weather(.present)
      var main = composer.activity(nil, .present, among: Topics.leisure)
      main.frequency = composer.pick(Lexicon.frequencies)
      return .linked(main: main, .when, condition, subordinateFirst: composer.chance(50))
    },
    Construction(name: "when (past)", weight: 5) { composer in
      var background = Clause(composer.person(), Lexicon.be, .past)
      switch composer.random.number(in: 0...2) {
      case 0: background.predicate = .age(composer.random.number(in: 16...30), inWords: composer.chance(60))
      case 1: background.predicate = .location(composer.inTown())
      default:
        background.predicate = .location(
          composer.place(["home", "work", "travel", "learn"], with: \.whereAt))
      }
      let (_, pronoun) = composer.referring(to: background.subject)
      var main = composer.activity(
        NounPhrase(pronoun), .past,
        among: Topics.leisure + Topics.verbs("lose", "find", "forget", "buy", "see"))
      composer.addManner(&main)
      composer.addCompanion(&main)
      return .linked(main: main, .whenOnce, background, subordinateFirst: true)
    },
    Construction(name: "before, while, as soon as, until", weight: 6) { composer in composer.sequence() },
    Construction(name: "so that", weight: 4) { composer in composer.purpose() },
    Construction(name: "and, but, or", weight: 8) { composer in composer.coordination() },
  ]
}

extension Composer {
  /// A pronoun for both clauses.
  mutating func pronounTwice() -> (NounPhrase, Pronoun) {
    let pronoun = pick([Pronoun.i, .he, .she, .we, .they, you])
    return (NounPhrase(pronoun), pronoun)
  }

  mutating func referring(to subject: NounPhrase) -> (NounPhrase, Pronoun) {
    if subject.agreement.number == .plural, !subject.isPronoun { return (subject, .they) }
    return (subject, owner(of: subject))
  }

  /// Such as "Anna buys the lamp because it is cheap".
  mutating func choiceWithReason() -> Sentence {
    let reasons = [
      "buy": [
        "cheap", "beautiful", "modern", "elegant", "comfortable", "fresh", "delicious", "healthy", "warm",
      ],
      "sell": ["old", "slow", "ugly", "expensive", "big", "small"], "repair": ["old", "broken"],
      "read": ["interesting", "short", "exciting", "funny", "famous"],
      "watch": ["exciting", "funny", "interesting"],
      "eat": ["delicious", "fresh", "healthy", "sweet"], "drink": ["cold", "hot", "delicious"],
      "wash": ["dirty"], "throw": ["old", "ugly", "dirty"],
      "need": ["important", "warm", "comfortable", "fast"],
      "wear": ["beautiful", "warm", "elegant", "comfortable", "new"], "clean": ["dirty"],
      "love": ["beautiful", "intelligent", "friendly"], "order": ["delicious", "cheap", "fresh"],
    ]
    while true {
      var main = activity(person(), pick([.present, .past]))
      guard !main.verb.takesPersonInDative, let fitting = reasons[main.verb.english.base],
        var object = main.directObject, !object.has("person"), case .noun(let noun) = object.head,
        !noun.isLanguage
      else { continue }
      let known = adjectives(for: noun).filter { fitting.contains($0.english.base) }
      guard !known.isEmpty else { continue }
      object.adjectives = []
      if case .indefinite = object.determiner { object.determiner = .this }
      main.directObject = object
      guard let antecedent = object.antecedent else { continue }
      var reason = Clause(NounPhrase(.thing(antecedent)), Lexicon.be, main.tense)
      reason.predicate = .adjective(pick(known))
      addTime(&main, percent: 25)
      main.front = .subject
      return .linked(main: main, .because, reason, subordinateFirst: false)
    }
  }

  /// Such as "She drinks water because she is thirsty".
  mutating func consequenceOfState() -> Sentence {
    let consequences: [(state: String, verbs: [String])] = [
      ("tired", ["rest", "fall asleep", "sleep", "drink"]), ("ill", ["call", "rest", "sleep", "need"]),
      ("hungry", ["eat", "cook", "order", "buy", "bake"]), ("thirsty", ["drink"]),
      ("happy", ["sing", "dance", "laugh", "smile", "invite"]), ("angry", ["complain", "leave"]),
      ("nervous", ["sleep", "hurry", "worry"]), ("bored", ["read", "watch", "call", "play"]),
      ("busy", ["forget", "work", "hurry"]), ("satisfied", ["smile", "thank", "sing"]),
    ]
    let (stateName, verbNames) = pick(consequences)
    let tense = pick([Tense.present, .past])
    let (subject, pronoun) = chance(50) ? personWithPronoun() : pronounTwice()
    let verbs = Lexicon.verbs.filter { verb in
      verbNames.contains(verb.english.infinitive) && verb.subjects.contains("person")
    }
    var main = activity(subject, tense, among: verbs)
    if stateName == "hungry", main.directObject?.has("food") == false { main.directObject = object(["food"]) }
    if stateName == "thirsty" {
      main.directObject = object(["water", "juice", "lemonade", "milk", "tea"])
    }
    if stateName == "ill", main.verb.english.base == "call" {
      main.directObject = NounPhrase(Lexicon.noun("doctor"))
    }
    if stateName == "ill", main.verb.english.base == "need" {
      main.directObject = NounPhrase(Lexicon.noun("doctor"), .indefinite)
    }
    if stateName == "tired", main.verb.english.base == "drink" {
      main.directObject = object(["coffee", "tea"])
    }
    if stateName == "nervous", main.verb.english.base == "sleep" {
      main.manner = Lexicon.manners.first { $0.english == "badly" }
    }
    let adjective = Lexicon.states.first { $0.english.base == stateName }
    let first = chance(30)
    if first { main.subject = NounPhrase(pronoun) }
    var reason = Clause(first ? subject : NounPhrase(pronoun), Lexicon.be, tense)
    reason.predicate = adjective.map { .adjective($0) }
    return .linked(main: main, .because, reason, subordinateFirst: first)
  }

  /// Bad weather or a bad mood.
  mutating func unfavourable(
    _ subject: NounPhrase?, pronoun: Pronoun, _ tense: Tense
  ) -> (clause: Clause, isPersonal: Bool) {
    if chance(45) { return (badWeather(tense), false) }
    var clause = state(subject ?? NounPhrase(pronoun), tense)
    let bad = Lexicon.states.filter {
      ["tired", "ill", "angry", "busy", "nervous"].contains($0.english.base)
    }
    clause.predicate = .adjective(pick(bad))
    return (clause, true)
  }

  mutating func coordination() -> Sentence {
    let coordinator = pick([Coordinator.and, .but, .and, .but, .or])
    let tense = pick([Tense.present, .past, .future])
    let verbs = Topics.leisure + Topics.duties
    switch coordinator {
    case .or:
      let (subject, pronoun) = pronounTwice()
      let first = activity(subject, .future, among: verbs)
      return .joined(.statement(first), .or, .statement(motion(NounPhrase(pronoun), .future)))
    case .and:
      var first = activity(person(), tense, among: verbs)
      var second = activity(person(), tense, among: verbs)
      addPlace(&second, percent: 40)
      addTime(&first, percent: 50)
      return .joined(.statement(first), .and, .statement(second))
    case .but:
      let (subject, pronoun) = chance(50) ? personWithPronoun() : pronounTwice()
      var first = activity(subject, .present, among: verbs)
      first.modal = .want
      if chance(50) { first.tense = .past }
      var second = Clause(NounPhrase(pronoun), Lexicon.be, first.tense)
      let bad = Lexicon.states.filter { ["tired", "ill", "busy", "nervous"].contains($0.english.base) }
      second.predicate = .adjective(pick(bad))
      if chance(50) {
        second = activity(NounPhrase(pronoun), first.tense, among: verbs)
        second.modal = .must
      }
      return .joined(.statement(first), .but, .statement(second))
    }
  }
}
