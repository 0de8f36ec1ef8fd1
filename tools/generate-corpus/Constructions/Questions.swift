/// Yes/no questions and questions with an interrogative.
extension Construction {
  static let questions: [Construction] = [
    Construction(name: "yes/no question", weight: 6) { composer in
      var clause = composer.questionable()
      composer.addTime(&clause, percent: 45)
      composer.addPlace(&clause, percent: 25)
      clause.front = .subject
      return .question(clause)
    },
    Construction(name: "who", weight: 2) { composer in
      let verbs = Lexicon.verbs.filter { $0.subjects.contains("person") }
      var clause = composer.activity(
        NounPhrase(.interrogative(.who)), composer.pick([.present, .past, .future]), among: verbs)
      clause.directObject = composer.neutral(clause.directObject)
      composer.addTime(&clause, percent: 40)
      clause.front = .subject
      return .question(clause)
    },
    Construction(name: "what, whom", weight: 4) { composer in
      var clause = composer.questionable(among: Lexicon.verbs.filter(\.isAskable))
      let asksPerson = clause.directObject?.has("person") ?? true
      if clause.directObject == nil {
        clause.indirectObject = NounPhrase(.interrogative(.who))
      } else if asksPerson {
        clause.directObject = NounPhrase(.interrogative(.who))
      } else {
        clause.directObject = NounPhrase(.interrogative(.what))
      }
      composer.addTime(&clause, percent: 40)
      composer.addPlace(&clause, percent: 20)
      clause.front = .subject
      return .question(clause)
    },
    Construction(name: "which", weight: 3) { composer in
      let kinds = ["kin", "language", "sport"]
      var clause = composer.questionable(
        among: Lexicon.verbs.filter { verb in
          !verb.objects.isEmpty && !verb.takesPersonInDative && !verb.isStative
            && !verb.objects.contains(where: kinds.contains)
        })
      clause.directObject?.determiner = .which
      clause.directObject?.number = .singular
      if case .noun(let noun) = clause.directObject?.head, noun.isPluralOnly {
        clause.directObject?.number = .plural
      }
      clause.directObject?.adjectives = []
      composer.addTime(&clause, percent: 40)
      clause.front = .subject
      return .question(clause)
    },
    Construction(name: "where, when, why, how", weight: 5) { composer in
      var clause = composer.questionable(among: Lexicon.verbs.filter { !$0.isStative })
      switch composer.random.number(in: 0...3) {
      case 0:
        clause.place = .interrogative(english: "where", german: "wo")
        composer.addTime(&clause, percent: 40)
      case 1:
        clause.time = .interrogative(english: "when", german: "wann")
        composer.addPlace(&clause, percent: 30)
      case 2:
        clause.time = .interrogative(english: "why", german: "warum")
        composer.addPlace(&clause, percent: 30)
      default:
        clause.time = .interrogative(english: "how often", german: "wie oft")
        clause.modal = nil
        clause.tense = .present
      }
      clause.front = .subject
      return .question(clause)
    },
    Construction(name: "where to, where from", weight: 2) { composer in
      var clause = composer.motion(composer.askable(), composer.pick([.present, .past, .future]))
      clause.verb = composer.pick([Lexicon.motions[0], Lexicon.motions[2], Lexicon.motions[4]])
      clause.direction = .interrogative(english: "where", german: "wohin")
      composer.addTime(&clause, percent: 60)
      clause.front = .subject
      return .question(clause)
    },
    Construction(name: "is it", weight: 2) { composer in
      switch composer.random.number(in: 0...3) {
      case 0: return .question(composer.description())
      case 1:
        var clause = composer.existence()
        if case .no = clause.directObject?.determiner { clause.directObject?.determiner = .indefinite }
        if case .some = clause.directObject?.determiner { clause.directObject?.determiner = .many }
        clause.front = .subject
        return .question(clause)
      case 2: return .question(composer.state(composer.askable(), composer.pick([.present, .past])))
      default:
        var clause = composer.thingInPlace()
        guard case .location = clause.predicate else { return .question(clause) }
        clause.verb = Lexicon.be
        clause.predicate = nil
        clause.isNegated = false
        clause.place = .interrogative(english: "where", german: "wo")
        return .question(clause)
      }
    },
  ]
}

extension Verb {
  /// Somebody asks "what" or "whom": one object that is all of one kind.
  var isAskable: Bool {
    governed == nil && german.reflexive == .none
      && (takesPersonInDative ? objects.isEmpty && !marksDativeWithTo : !objects.isEmpty)
      && !["teach", "speak", "learn", "know", "see"].contains(english.base)
  }
}

extension Composer {
  /// A subject that one asks questions about.
  mutating func askable() -> NounPhrase {
    switch random.number(in: 0...9) {
    case 0..<5: NounPhrase(you)
    case 5..<8: NounPhrase(pick([.he, .she, .they, .we]))
    default: NounPhrase(pick(Lexicon.names))
    }
  }

  mutating func questionable(among verbs: [Verb]? = nil) -> Clause {
    var clause = activity(askable(), pick([.present, .past, .past, .future]), among: verbs, isFinite: false)
    if clause.verb.isStative, clause.tense == .future { clause.tense = .present }
    if !clause.verb.isStative, chance(25) {
      clause.tense = .present
      clause.modal = pick([.can, .must, .want, .may, .wouldLike])
    }
    return clause
  }

  /// No "his" without a person it could refer to.
  func neutral(_ phrase: NounPhrase?) -> NounPhrase? {
    guard var phrase, case .possessive = phrase.determiner, !phrase.has("kin") else { return phrase }
    phrase.determiner = .definite
    return phrase
  }
}
