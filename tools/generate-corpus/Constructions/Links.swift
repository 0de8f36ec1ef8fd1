/// Two clauses: subordination and coordination, with reasons that make sense.
extension Construction {
  static let links: [Construction] = [
    Construction(name: "because it is ...", weight: 4) { composer in composer.choiceWithReason() },
    Construction(name: "because he is tired", weight: 4) { composer in composer.consequenceOfState() },
    Construction(name: "because he has to ...", weight: 3) { composer in
      let (subject, pronoun) = composer.chance(50) ? composer.personWithPronoun() : composer.pronounTwice()
      var main = composer.activity(subject, .present, among: Lexicon.verbs.filter { !$0.isStative })
      main.modal = .can
      main.isNegated = true
      composer.negate(&main)
      var reason = composer.activity(
        NounPhrase(pronoun), .present, among: Lexicon.verbs.filter { !$0.isStative })
      reason.modal = .must
      if composer.chance(50) {
        main.tense = .past
        reason.tense = .past
        main.time = composer.time(for: .past)
      }
      return .linked(main: main, .because, reason, subordinateFirst: composer.chance(25))
    },
    Construction(name: "although", weight: 3) { composer in
      let (subject, pronoun) = composer.chance(50) ? composer.personWithPronoun() : composer.pronounTwice()
      let tense = composer.pick([Tense.present, .past])
      let state = composer.unfavourable(composer.chance(30) ? subject : nil, pronoun: pronoun, tense)
      let first = composer.chance(40)
      var main = composer.activity(
        first && state.isPersonal ? NounPhrase(pronoun) : subject, tense,
        among: Lexicon.verbs.filter { !$0.isStative })
      composer.addPlace(&main, percent: 30)
      var clause = state.clause
      if state.isPersonal { clause.subject = first ? subject : NounPhrase(pronoun) }
      return .linked(main: main, .although, clause, subordinateFirst: first)
    },
    Construction(name: "if", weight: 4) { composer in
      var condition = composer.weather(.present)
      let isWeather = composer.chance(50)
      if isWeather {
        condition.time = composer.pick([
          .fixed(english: "tomorrow", german: "morgen"), .fixed(english: "today", german: "heute"),
          .fixed(english: "next weekend", german: "nächstes Wochenende"),
          .fixed(english: "this evening", german: "heute Abend"),
        ])
      } else {
        condition = composer.activity(
          composer.person(), .present, among: Lexicon.verbs.filter { !$0.isStative })
        condition.isNegated = composer.chance(20)
        if condition.isNegated { composer.negate(&condition) }
      }
      var main =
        composer.chance(50)
        ? composer.motion(nil, .future)
        : composer.activity(nil, .future, among: Lexicon.verbs.filter { !$0.isStative })
      if composer.chance(20) { composer.negate(&main) }
      return .linked(main: main, .if, condition, subordinateFirst: composer.chance(60))
    },
    Construction(name: "when (present)", weight: 2) { composer in
      let condition = composer.weather(.present)
      var main = composer.activity(nil, .present, among: Lexicon.verbs.filter { !$0.isStative })
      main.frequency = composer.pick(Lexicon.frequencies)
      return .linked(main: main, .when, condition, subordinateFirst: composer.chance(50))
    },
    Construction(name: "when (past)", weight: 3) { composer in
      var background = Clause(composer.person(), Lexicon.be, .past)
      switch composer.random.number(in: 0...2) {
      case 0: background.predicate = .age(composer.random.number(in: 5...30), inWords: composer.chance(60))
      case 1: background.predicate = .location(composer.inTown())
      default:
        background.predicate = .location(
          composer.place(["home", "work", "travel", "learn"], with: \.whereAt))
      }
      let (_, pronoun) = composer.referring(to: background.subject)
      var main = composer.activity(NounPhrase(pronoun), .past, among: Lexicon.verbs.filter { !$0.isStative })
      composer.addManner(&main)
      return .linked(main: main, .whenOnce, background, subordinateFirst: true)
    },
    Construction(name: "before, while, as soon as, until", weight: 4) { composer in
      let conjunction = composer.pick([Conjunction.before, .while, .asSoonAs, .until])
      let verbs = Lexicon.verbs.filter { !$0.isStative }
      let lasting = verbs.filter {
        [
          "read", "write", "cook", "work", "sleep", "clean", "wash", "sing", "rest", "repair", "dance",
          "talk", "paint", "bake", "wait",
        ].contains($0.english.base)
      }
      switch conjunction {
      case .while:
        let first = composer.activity(composer.person(), .present, among: lasting)
        var second = composer.activity(composer.person(), .present, among: lasting)
        while second.verb.english.base == first.verb.english.base {
          second = composer.activity(composer.person(), .present, among: lasting)
        }
        return .linked(main: second, .while, first, subordinateFirst: composer.chance(50))
      case .until:
        let person = composer.person()
        var wait = composer.activity(composer.person(), .future, among: [Lexicon.stay])
        wait.place = composer.place(["home", "work", "calm"], with: \.whereAt)
        var arrival = composer.motion(person, .present)
        arrival.verb = Lexicon.come
        arrival.direction = nil
        return .linked(main: wait, .until, arrival, subordinateFirst: false)
      case .asSoonAs:
        let (subject, pronoun) = composer.personWithPronoun()
        let first = composer.activity(
          subject, .present,
          among: verbs.filter {
            ["get", "wake", "arrive", "find", "sell", "buy", "repair", "pack"].contains($0.english.base)
              && !$0.takesPersonInDative
          })
        let second = composer.activity(NounPhrase(pronoun), .future, among: verbs)
        return .linked(main: second, .asSoonAs, first, subordinateFirst: true)
      default:
        let (subject, pronoun) = composer.chance(50) ? composer.personWithPronoun() : composer.pronounTwice()
        let tense = composer.pick([Tense.past, .past, .present])
        var main = composer.activity(subject, tense, among: verbs)
        if tense == .present { main.frequency = composer.pick(Lexicon.frequencies) }
        var later = composer.motion(NounPhrase(pronoun), tense)
        if composer.chance(50) {
          later = composer.activity(
            NounPhrase(pronoun), tense,
            among: verbs.filter {
              ["sleep", "cook", "leave", "fall", "arrive", "sing"].contains($0.english.base)
            })
        }
        return .linked(main: main, .before, later, subordinateFirst: false)
      }
    },
    Construction(name: "so that", weight: 2) { composer in
      let (subject, pronoun) = composer.personWithPronoun()
      let tense = composer.pick([Tense.present, .past])
      let means = composer.activity(
        subject, tense,
        among: Lexicon.verbs.filter {
          ["learn", "work", "buy", "hurry", "sell", "open", "turn"].contains($0.english.base)
            && !$0.takesPersonInDative
        })
      var end =
        composer.chance(50)
        ? composer.motion(NounPhrase(pronoun), tense)
        : composer.activity(
          NounPhrase(pronoun), tense,
          among: Lexicon.verbs.filter {
            ["visit", "read", "help", "rest", "write", "cook", "invite"].contains($0.english.base)
          })
      end.modal = .can
      return .linked(main: means, .soThat, end, subordinateFirst: false)
    },
    Construction(name: "and, but, or", weight: 6) { composer in composer.coordination() },
  ]
}

extension Composer {
  /// A subject and the pronoun that takes it up: "I" and "I", "she" and "she".
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
      ("hungry", ["eat", "cook", "order", "buy", "bake"]), ("thirsty", ["drink", "order"]),
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
    if chance(45) { return (weather(tense), false) }
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
    let verbs = Lexicon.verbs.filter { !$0.isStative }
    switch coordinator {
    case .or:
      let (subject, pronoun) = pronounTwice()
      let first = activity(subject, .future, among: verbs)
      return .joined(first, .or, motion(NounPhrase(pronoun), .future))
    case .and:
      let first = activity(person(), tense, among: verbs)
      var second = activity(person(), tense, among: verbs)
      addPlace(&second, percent: 25)
      return .joined(first, .and, second)
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
      return .joined(first, .but, second)
    }
  }
}
