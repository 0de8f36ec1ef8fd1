/// The verbs of a German clause: the finite one that moves, and those that stay at the end.
struct GermanVerbComplex {
  var finite = ""
  /// "auf" of "steht auf".
  var particle = ""
  /// Participles and infinitives, in their order.
  var cluster: [String] = []

  init(_ clause: Clause) {
    let agreement = clause.subject.agreement
    let verb = clause.verb.german
    if let modal = clause.modal {
      let verb = GermanVerb(modal.german)
      finite = clause.tense == .past ? verb.preterite(agreement) ?? "" : verb.present(agreement)
      cluster = clause.germanInfinitive
      return
    }
    switch clause.tense {
    case .present, .progressive, .ongoing:
      setPassive(clause, agreement) { $0.present(agreement) }
      if !clause.isPassive {
        finite = verb.present(agreement)
        particle = verb.particle
      }
    case .past where clause.isPassive:
      setPassive(clause, agreement) { $0.preterite(agreement) ?? "" }
    case .past:
      if case .pronoun(.existential) = clause.subject.head {
        finite = "gab"
      } else if let preterite = verb.preterite(agreement) {
        finite = preterite
      } else {
        setPerfect(verb, agreement)
      }
    case .perfect: setPerfect(verb, agreement)
    case .future:
      finite = GermanVerb("werden").present(agreement)
      cluster = clause.germanInfinitive
    }
  }

  private mutating func setPerfect(_ verb: GermanVerb, _ agreement: Agreement) {
    finite = GermanVerb(verb.takesSein ? "sein" : "haben").present(agreement)
    cluster = [verb.participle]
  }

  private mutating func setPassive(
    _ clause: Clause, _ agreement: Agreement, finite form: (GermanVerb) -> String
  ) {
    guard clause.isPassive else { return }
    finite = form(GermanVerb("werden"))
    cluster = [clause.verb.german.participle]
  }
}

extension Clause {
  fileprivate var germanInfinitive: [String] {
    isPassive ? [verb.german.participle, "werden"] : [verb.german.fullInfinitive]
  }
}
