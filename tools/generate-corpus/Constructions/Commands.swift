/// Commands: "Sie", or "du" after a first name.
extension Construction {
  static let commands: [Construction] = [
    Construction(name: "command (Sie)", weight: 3) { composer in .command(composer.order()) },
    Construction(name: "command (du)", weight: 3) { composer in
      let name = composer.pick(Lexicon.names.filter(\.isFirstName))
      composer.you = .youFamiliar
      defer { composer.you = .youFormal }
      return .addressed(name, .command(composer.order()))
    },
    Construction(name: "question (du)", weight: 3) { composer in
      let name = composer.pick(Lexicon.names.filter(\.isFirstName))
      composer.you = .youFamiliar
      defer { composer.you = .youFormal }
      var clause = composer.questionable()
      if clause.subject.agreement.person != .familiar {
        clause = composer.activity(NounPhrase(.youFamiliar), composer.pick([.present, .past]))
      }
      composer.addTime(&clause, percent: 40)
      clause.front = .subject
      if composer.chance(40) { clause.modal = composer.pick([.can, .want, .must, .wouldLike]) }
      if clause.modal != nil {
        clause.tense = .present
        clause.time = nil
      }
      if clause.verb.isStative { clause.modal = nil }
      return .addressed(name, .question(clause))
    },
  ]
}

extension Composer {
  mutating func order() -> Clause {
    let verbs = [
      "open", "close", "read", "write", "wash", "clean", "repair", "bring", "wait", "help", "give", "show",
      "send",
      "turn on", "turn off", "pick up", "explain", "call", "buy", "invite", "sign", "translate", "get up",
      "forget",
      "sing", "listen", "feed", "bring along", "give back", "hurry", "prepare", "order", "drive", "pack",
      "visit",
      "lend", "recommend", "work", "cut", "park", "learn", "take care",
    ]
    let candidates = Lexicon.verbs.filter { verb in
      verb.subjects.contains("person") && verbs.contains(verb.english.infinitive)
    }
    var clause = activity(NounPhrase(you), .present, among: candidates, isFinite: false)
    clause.isPolite = chance(60)
    addManner(&clause, percent: 30)
    addPlace(&clause, percent: 15)
    if clause.verb.english.infinitive != "get up", chance(20) {
      clause.time = timeOfOrder()
    }
    if chance(15) || clause.verb.english.infinitive == "forget" { negate(&clause) }
    return clause
  }

  private mutating func timeOfOrder() -> Adverbial {
    pick(Lexicon.times.filter { $0.isFuture && !$0.isPast }).adverbial
  }
}
