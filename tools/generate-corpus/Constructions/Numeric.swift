/// Sentences with numbers: prices, ages, years, clock times, dates, durations.
extension Construction {
  static let numeric: [Construction] = [
    Construction(name: "price", weight: 3) { composer in
      let noun = composer.pick(
        Lexicon.nouns(["clothing", "device", "furniture", "food", "drink", "thing", "instrument", "owned"]))
      var phrase = NounPhrase(noun, composer.pick([.definite, .this]))
      composer.addAdjective(&phrase)
      if !noun.isMass, composer.chance(noun.has("plenty") ? 95 : 25) { phrase.number = .plural }
      var clause = Clause(
        phrase, Lexicon.cost,
        phrase.number == .plural ? .present : composer.pick([.present, .present, .past]))
      clause.directObject = NounPhrase(.amount(composer.price(of: noun)))
      return .statement(clause)
    },
    Construction(name: "age", weight: 2) { composer in
      var clause = Clause(
        composer.chance(50)
          ? NounPhrase(composer.pick(Lexicon.names))
          : NounPhrase(composer.pick([.i, .he, .she, .they, .youFormal])), Lexicon.be)
      clause.predicate = .age(composer.random.number(in: 18...94), inWords: composer.chance(65))
      return .statement(clause)
    },
    Construction(name: "year", weight: 2) { composer in
      let verbs = Lexicon.verbs.filter {
        ["buy", "sell", "build"].contains($0.english.base) && !$0.takesPersonInDative
      }
      var clause = composer.activity(composer.person(), .past, among: verbs)
      clause.directObject = composer.object(
        clause.verb.english.base == "build" ? ["home", "tower", "boat"] : ["owned", "home", "instrument"])
      if composer.chance(40) {
        clause = Clause(
          composer.person(), composer.pick(Lexicon.motions.filter { $0.places.contains("country") }), .past)
        let goal = composer.pick(Lexicon.cities + Lexicon.countries)
        clause.direction = .fixed(english: "to \(goal.english)", german: "nach \(goal.german)")
      }
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
        ["buy", "see", "sell", "need", "have", "find", "read"].contains($0.english.base)
          && !$0.takesPersonInDative && $0.subjects.contains("person")
      }
      while true {
        var clause = composer.activity(composer.person(), composer.pick([.past, .present]), among: verbs)
        guard var object = clause.directObject, case .noun(let noun) = object.head, !noun.isMass,
          !noun.hasAny(["kin", "vehicle", "building"])
        else { continue }
        object = NounPhrase(
          noun,
          .cardinal(
            composer.random.number(
              in: clause.verb.english.base == "buy" || clause.verb.english.base == "sell" ? 2...99 : 2...12),
            inWords: composer.chance(70)), number: .plural)
        clause.directObject = object
        if clause.tense == .past { composer.addTime(&clause, percent: 40) }
        return .statement(clause)
      }
    },
  ]
}
