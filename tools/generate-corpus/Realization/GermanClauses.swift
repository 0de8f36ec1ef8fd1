/// German words of clauses.
enum GermanClauses {
  /// Where the finite verb stands.
  enum Order {
    /// "Heute liest er ..."
    case verbSecond
    /// "Liest er ...?"; also after a subordinate clause.
    case verbFirst
    /// "..., weil er heute liest"
    case verbFinal
    /// "..., heute zu lesen"
    case zuInfinitive
    /// "Lies ...!", "Lesen Sie ...!"
    case imperative
  }

  static func words(_ clause: Clause, _ order: Order) -> [String] {
    let verbs = GermanVerbComplex(clause)
    let field = GermanMiddleField(clause)
    let words: [String]
    switch order {
    case .verbSecond:
      let (first, role) = forefield(clause)
      words =
        first + [verbs.finite] + field.words(without: role, verbPrecedes: true) + end(verbs)
    case .verbFirst:
      words = [verbs.finite] + field.words(without: nil, verbPrecedes: true) + end(verbs)
    case .verbFinal:
      let role = clause.frontingRole
      let first = role.map { GermanMiddleField.words(clause, $0) } ?? []
      words = first + field.words(without: role, verbPrecedes: false) + finalVerbs(verbs)
    case .zuInfinitive:
      words = field.words(without: .subject, verbPrecedes: false) + zuInfinitive(clause)
    case .imperative:
      words = imperative(clause, field)
    }
    return words + field.extraposed + (clause.complement.map(complement) ?? [])
  }

  private static func forefield(_ clause: Clause) -> (words: [String], role: Clause.Role?) {
    if let comment = clause.comment { return (comment.german.words, nil) }
    let role = clause.leadingRole
    return (GermanMiddleField.words(clause, role), role)
  }

  private static func end(_ verbs: GermanVerbComplex) -> [String] {
    (verbs.particle.isEmpty ? [] : [verbs.particle]) + verbs.cluster
  }

  private static func finalVerbs(_ verbs: GermanVerbComplex) -> [String] {
    verbs.cluster + [verbs.particle + verbs.finite]
  }

  private static func zuInfinitive(_ clause: Clause) -> [String] {
    clause.isPassive ? [clause.verb.german.participle, "zu", "werden"] : clause.verb.german.zuInfinitive
  }

  private static func imperative(_ clause: Clause, _ field: GermanMiddleField) -> [String] {
    let verb = clause.verb.german
    let particle = verb.particle.isEmpty ? [] : [verb.particle]
    if clause.subject.agreement.person == .familiar {
      return [verb.imperative] + field.words(without: .subject, verbPrecedes: true) + particle
    }
    let formal = verb.infinitive == "sein" ? "seien" : verb.infinitive
    return [formal] + field.words(without: nil, verbPrecedes: true) + particle
  }

  private static func complement(_ complement: Complement) -> [String] {
    switch complement {
    case .that(let clause): [",", "dass"] + words(clause, .verbFinal) + [","]
    case .whether(let clause): [",", "ob"] + words(clause, .verbFinal) + [","]
    case .question(let clause): [","] + words(clause, .verbFinal) + [","]
    case .infinitive(let clause): [","] + words(clause, .zuInfinitive) + [","]
    case .purpose(let clause): [",", "um"] + words(clause, .zuInfinitive) + [","]
    case .without(let clause): [",", "ohne"] + words(clause, .zuInfinitive) + [","]
    }
  }
}
