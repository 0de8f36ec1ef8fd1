/// Sentences of three clauses.
extension Construction {
  static let long: [Construction] = [
    Construction(name: "but ... because", weight: 7) { composer in
      let (subject, pronoun) = composer.chance(50) ? composer.personWithPronoun() : composer.pronounTwice()
      var wish = composer.activity(subject, .past, among: Topics.leisure)
      wish.modal = .want
      composer.addTime(&wish, percent: 60)
      composer.addPlace(&wish, percent: 40)
      wish.front = composer.chance(30) ? .time : .subject
      var duty = composer.activity(NounPhrase(pronoun), .past, among: Topics.duties)
      duty.modal = .must
      let reason = composer.hindrance(.past)
      return .joined(.statement(wish), .but, .linked(main: duty, .because, reason, subordinateFirst: false))
    },
    Construction(name: "that ... because", weight: 7) { composer in
      guard case .linked(let inner, let conjunction, let reason, _) = composer.reasoned() else {
        return composer.choiceWithReason()
      }
      var main = Clause(
        NounPhrase(composer.pick(Lexicon.names)), composer.pick([Lexicon.say, Lexicon.think, Lexicon.know]))
      main.complement = .that(inner)
      return .linked(main: main, conjunction, reason, subordinateFirst: false)
    },
    Construction(name: "if ..., and ...", weight: 6) { composer in
      guard case .linked(let main, let conjunction, let condition, _) = composer.condition() else {
        return composer.condition()
      }
      var second =
        composer.chance(50)
        ? composer.motion(nil, .future) : composer.activity(composer.person(), .future, among: Topics.duties)
      composer.addPlace(&second, percent: 50)
      return .joined(
        .linked(main: main, conjunction, condition, subordinateFirst: true), .and, .statement(second))
    },
    Construction(name: "relative clause and time", weight: 7) { composer in
      var person = composer.relativeAntecedent()
      guard let antecedent = person.antecedent else { return composer.condition() }
      var clause = composer.activity(NounPhrase(.relative(antecedent)), .past, among: Topics.actions)
      clause.directObject = composer.neutral(clause.directObject)
      composer.addPlace(&clause, percent: 40)
      person.modifiers = [.relativeClause(clause)]
      var main = composer.activity(
        person, composer.pick([.past, .future]), among: Topics.leisure + Topics.duties)
      composer.addTime(&main, percent: 70)
      composer.addPlace(&main, percent: 40)
      main.front = .subject
      return .statement(main)
    },
    Construction(name: "when ..., and ...", weight: 5) { composer in
      let (subject, pronoun) = composer.pronounTwice()
      var background = Clause(subject, Lexicon.be, .past)
      background.predicate = .location(composer.inTown())
      var first = composer.activity(NounPhrase(pronoun), .past, among: Topics.leisure)
      composer.addCompanion(&first)
      var second = composer.activity(NounPhrase(pronoun), .past, among: Topics.leisure + Topics.duties)
      while second.verb.english.base == first.verb.english.base {
        second = composer.activity(NounPhrase(pronoun), .past, among: Topics.leisure + Topics.duties)
      }
      composer.addPlace(&second, percent: 60)
      return .joined(
        .linked(main: first, .whenOnce, background, subordinateFirst: true), .and, .statement(second))
    },
  ]
}

extension Composer {
  /// What keeps people from things: "his mother was ill", "it rained".
  mutating func hindrance(_ tense: Tense) -> Clause {
    if chance(30) { return badWeather(tense) }
    var clause = state(nominalPerson(["kin", "related"], owner: nil), tense)
    let bad = Lexicon.states.filter { ["tired", "ill", "busy", "nervous"].contains($0.english.base) }
    clause.predicate = .adjective(pick(bad))
    return clause
  }

  /// An act and its reason.
  mutating func reasoned() -> Sentence {
    var sentence = chance(50) ? choiceWithReason() : consequenceOfState()
    while case .linked(_, _, _, subordinateFirst: true) = sentence { sentence = consequenceOfState() }
    return sentence
  }
}
