extension Composer {
  /// Such as "If it is sunny tomorrow, we will go to the lake".
  mutating func condition() -> Sentence {
    var clause = weather(.present)
    switch random.number(in: 0...3) {
    case 0, 1:
      clause.time = pick([
        .fixed(english: "tomorrow", german: "morgen"), .fixed(english: "today", german: "heute"),
        .fixed(english: "next weekend", german: "nächstes Wochenende"),
        .fixed(english: "this evening", german: "heute Abend"),
      ])
    case 2:
      clause = state(person(), .present)
      clause.predicate = .adjective(
        pick(Lexicon.states.filter { ["tired", "ill", "busy", "hungry"].contains($0.english.base) }))
      clause.isNegated = chance(50)
    default:
      clause = activity(
        person(), .present, among: Topics.verbs("help", "call", "hurry", "arrive", "invite", "lend"))
    }
    var main = chance(45) ? motion(nil, .future) : activity(person(), .future, among: Topics.leisure)
    if chance(20) { negate(&main) }
    if main.direction == nil { addPlace(&main, percent: 25) }
    return .linked(main: main, .if, clause, subordinateFirst: chance(60))
  }

  /// Two things in their order, or at one time.
  mutating func sequence() -> Sentence {
    switch random.number(in: 0...4) {
    case 0, 1: return meanwhile()
    case 2: return staying()
    case 3:
      let (subject, pronoun) = personWithPronoun()
      let first = activity(subject, .present, among: Topics.beginnings)
      let second = activity(NounPhrase(pronoun), .future, among: Topics.leisure + Topics.duties)
      return .linked(main: second, .asSoonAs, first, subordinateFirst: true)
    default: return beforehand()
    }
  }

  private mutating func meanwhile() -> Sentence {
    let first = activity(person(), .present, among: Topics.lasting)
    var second = activity(person(), .present, among: Topics.lasting)
    while second.verb.english.base == first.verb.english.base {
      second = activity(person(), .present, among: Topics.lasting)
    }
    addPlace(&second, percent: 30)
    return .linked(main: second, .while, first, subordinateFirst: chance(50))
  }

  private mutating func staying() -> Sentence {
    var main = Clause(person(), Lexicon.stay, .future)
    main.place = place(["home", "work", "calm", "food", "travel"], with: \.whereAt)
    var clause = Clause(person(), Lexicon.come)
    if chance(40) {
      clause =
        chance(50) ? activity(person(), .present, among: Topics.verbs("arrive", "call")) : weather(.present)
    }
    if case .pronoun(.impersonal) = clause.subject.head {
      clause = Clause(NounPhrase(pick(Lexicon.nouns(["public"]))), Lexicon.depart)
    }
    return .linked(main: main, .until, clause, subordinateFirst: false)
  }

  private mutating func beforehand() -> Sentence {
    let (subject, pronoun) = chance(50) ? personWithPronoun() : pronounTwice()
    let tense = pick([Tense.past, .past, .present])
    var main = activity(subject, tense, among: Topics.preparations)
    if tense == .present { main.frequency = pick(Lexicon.frequencies) }
    var later = motion(NounPhrase(pronoun), tense)
    if chance(45) { later = activity(NounPhrase(pronoun), tense, among: Topics.endings) }
    return .linked(main: main, .before, later, subordinateFirst: false)
  }

  /// "learns English so that he can work in London".
  mutating func purpose() -> Sentence {
    let (means, objects, ends) = pick(Topics.purposes)
    let (subject, pronoun) = chance(60) ? personWithPronoun() : pronounTwice()
    let tense = pick([Tense.present, .past])
    var main = activity(subject, tense, among: means.filter { !$0.takesPersonInDative })
    if !objects.isEmpty { main.directObject = object(objects, owner: owner(of: subject)) }
    if tense == .past { addTime(&main, percent: 30) }
    main.front = .subject
    var end = activity(
      NounPhrase(pronoun), tense, among: ends.filter { !$0.takesPersonInDative || $0.objects.isEmpty })
    end.modal = .can
    return .linked(main: main, .soThat, end, subordinateFirst: false)
  }
}
