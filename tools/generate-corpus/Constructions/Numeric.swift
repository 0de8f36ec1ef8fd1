/// Sentences with numbers: prices, ages, years, clock times, dates, durations.
extension Construction {
  static let numeric: [Construction] = [
    Construction(name: "price", weight: 3) { composer in
      let noun = composer.pick(
        Lexicon.nouns(["clothing", "device", "furniture", "food", "drink", "thing", "instrument", "owned"]))
      var phrase = NounPhrase(noun, composer.pick([.definite, .this]))
      composer.addAdjective(&phrase)
      if !noun.isMass, composer.chance(25) { phrase.number = .plural }
      var clause = Clause(phrase, Lexicon.cost, composer.pick([.present, .present, .past]))
      clause.directObject = NounPhrase(.amount(composer.price()))
      return .statement(clause)
    },
    Construction(name: "age", weight: 2) { composer in
      var clause = Clause(composer.person(), Lexicon.be)
      clause.predicate = .age(composer.random.number(in: 6...94), inWords: composer.chance(65))
      return .statement(clause)
    },
    Construction(name: "year", weight: 2) { composer in
      let verbs = Lexicon.verbs.filter {
        ["buy", "sell", "build"].contains($0.english.base) && !$0.takesPersonInDative
      }
      var clause = composer.activity(composer.person(), .past, among: verbs)
      clause.directObject = composer.object(["owned", "building", "instrument"])
      if composer.chance(40) { clause = composer.motion(nil, .past) }
      clause.time = composer.year()
      clause.front = composer.chance(50) ? .time : .subject
      return .statement(clause)
    },
    Construction(name: "clock time", weight: 3) { composer in
      let starts = composer.chance(40)
      let verb =
        starts
        ? composer.pick([Lexicon.depart, Lexicon.start])
        : composer.pick(
          Lexicon.verbs.filter {
            ["get", "wake", "arrive", "eat", "call", "pick", "leave"].contains($0.english.base)
              && $0.subjects.contains("person")
          })
      var clause =
        starts
        ? Clause(
          NounPhrase(composer.pick(Lexicon.nouns(verb.subjects)), composer.pick([.definite, .this])), verb,
          composer.pick([.present, .past]))
        : composer.activity(composer.person(), composer.pick([.present, .past, .future]), among: [verb])
      clause.time = composer.clockTime()
      return .statement(clause)
    },
    Construction(name: "date", weight: 2) { composer in
      var clause = composer.activity(
        nil, composer.pick([.past, .future]),
        among: Lexicon.verbs.filter {
          ["visit", "meet", "buy", "sell", "arrive", "invite", "sign", "leave"].contains($0.english.base)
            && !$0.takesPersonInDative
        })
      clause.time = composer.date()
      clause.front = composer.chance(40) ? .time : .subject
      return .statement(clause)
    },
    Construction(name: "for years, since", weight: 3) { composer in
      var clause = composer.activity(nil, .ongoing, among: Lexicon.verbs.filter(\.isLasting))
      if composer.chance(45) {
        clause = Clause(composer.person(), Lexicon.live, .ongoing)
        clause.place = composer.inTown()
      } else {
        composer.addPlace(&clause, percent: 40)
      }
      let years = composer.random.number(in: 2...20)
      clause.time = composer.pick([
        .fixed(
          english: "for \(Numerals.english(years)) years", german: "seit \(Numerals.german(years)) Jahren"),
        .fixed(
          english: "for \(Numerals.english(years)) months", german: "seit \(Numerals.german(years)) Monaten"),
        .fixed(english: "since \(1990 + years)", german: "seit \(1990 + years)"),
      ])
      return .statement(clause)
    },
    Construction(name: "counted things", weight: 3) { composer in
      let verbs = Lexicon.verbs.filter {
        ["buy", "see", "sell", "eat", "write", "need", "have", "find", "read"].contains($0.english.base)
          && !$0.takesPersonInDative && $0.subjects.contains("person")
      }
      while true {
        var clause = composer.activity(composer.person(), composer.pick([.past, .present]), among: verbs)
        guard var object = clause.directObject, case .noun(let noun) = object.head, !noun.isMass,
          !noun.hasAny(["kin", "vehicle", "building"])
        else { continue }
        object = NounPhrase(
          noun, .cardinal(composer.random.number(in: 2...99), inWords: composer.chance(70)), number: .plural)
        clause.directObject = object
        if clause.tense == .past { composer.addTime(&clause, percent: 40) }
        return .statement(clause)
      }
    },
  ]
}
