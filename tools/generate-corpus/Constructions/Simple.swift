/// Main clauses of one verb, by tense.
extension Construction {
  static let simple: [Construction] = [
    Construction(name: "present", weight: 9) { composer in
      var clause = composer.activity()
      if !clause.verb.isStative, composer.chance(35) { clause.frequency = composer.pick(Lexicon.frequencies) }
      composer.furnish(&clause)
      return .statement(clause)
    },
    Construction(name: "progressive", weight: 4) { composer in
      var clause = composer.activity(
        nil, .progressive, among: Lexicon.verbs.filter { !$0.isStative && !$0.isInstant })
      composer.addPlace(&clause)
      return .statement(clause)
    },
    Construction(name: "past", weight: 12) { composer in
      var clause = composer.activity(nil, .past)
      composer.furnish(&clause)
      if composer.chance(8) { clause.comment = composer.pick(Lexicon.comments) }
      return .statement(clause)
    },
    Construction(name: "perfect with already, just, never", weight: 3) { composer in
      var clause = composer.activity(nil, .perfect, among: Lexicon.verbs.filter { !$0.isStative })
      clause.frequency = composer.pick(Lexicon.perfectAdverbs)
      return .statement(clause)
    },
    Construction(name: "future", weight: 5) { composer in
      var clause = composer.activity(nil, .future, among: Lexicon.verbs.filter { !$0.isStative })
      composer.furnish(&clause)
      if composer.chance(8) { clause.comment = composer.pick(Lexicon.comments) }
      return .statement(clause)
    },
    Construction(name: "modal", weight: 8) { composer in
      var clause = composer.modalActivity()
      composer.furnish(&clause)
      clause.isNegated = composer.chance(20)
      return .statement(clause)
    },
    Construction(name: "negation", weight: 6) { composer in
      var clause = composer.activity(nil, composer.pick([.present, .past, .future, .progressive]))
      composer.addTime(&clause)
      composer.addPlace(&clause, percent: 15)
      composer.negate(&clause)
      return .statement(clause)
    },
    Construction(name: "reflexive verb", weight: 3) { composer in
      var clause = composer.activity(
        nil, composer.pick([.present, .past, .future]),
        among: Lexicon.verbs.filter { $0.german.reflexive != .none })
      composer.furnish(&clause)
      clause.isNegated = composer.chance(15)
      return .statement(clause)
    },
    Construction(name: "separable verb", weight: 4) { composer in
      var clause = composer.activity(
        nil, composer.pick([.present, .present, .past, .future]),
        among: Lexicon.verbs.filter { !$0.german.particle.isEmpty })
      composer.furnish(&clause)
      return .statement(clause)
    },
    Construction(name: "dative object", weight: 5) { composer in
      var clause = composer.activity(
        nil, composer.pick([.present, .past, .past, .future]),
        among: Lexicon.verbs.filter(\.takesPersonInDative))
      composer.addTime(&clause)
      return .statement(clause)
    },
    Construction(name: "motion", weight: 6) { composer in
      var clause = composer.motion(nil, composer.pick([.present, .past, .past, .future]))
      if clause.tense == .present, composer.chance(40) {
        clause.frequency = composer.pick(Lexicon.frequencies)
      }
      composer.addTime(&clause, percent: 70)
      composer.addCompanion(&clause, percent: 20)
      if clause.frequency == nil { clause.isNegated = composer.chance(12) }
      return .statement(clause)
    },
  ]
}

extension Composer {
  mutating func modalActivity(_ subject: NounPhrase? = nil) -> Clause {
    var clause = activity(subject, .present, among: Lexicon.verbs.filter { !$0.isStative }, isFinite: false)
    let modal = pick(Modal.allCases)
    clause.modal = modal
    if modal.hasPast, chance(40) { clause.tense = .past }
    return clause
  }

  /// "not", without the phrases that would make its place doubtful.
  mutating func negate(_ clause: inout Clause) {
    clause.isNegated = true
    clause.frequency = nil
    if clause.tense == .present, clause.modal == nil { clause.time = nil }
    if clause.directObject.map(Self.isCounted) == true { clause.directObject?.determiner = .definite }
    if clause.indirectObject?.isIndefinite == true || clause.indirectObject.map(Self.isCounted) == true {
      clause.indirectObject?.determiner = .definite
    }
    if clause.directObject?.isIndefinite == true, clause.indirectObject == nil { clause.manner = nil }
  }

  private static func isCounted(_ phrase: NounPhrase) -> Bool {
    switch phrase.determiner {
    case .many, .some, .cardinal: true
    default: false
    }
  }
}
