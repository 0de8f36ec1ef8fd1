/// English words of clauses.
enum EnglishClauses {
  static func statement(_ clause: Clause) -> [String] {
    let opening = clause.comment.map { $0.english.words + [","] } ?? []
    let role = clause.leadingRole
    let fronted = role == .subject ? [] : words(clause, role)
    return opening + fronted + subject(clause) + predicate(clause, without: role)
  }

  /// Subordinate, relative and indirect questions: what is asked or related comes first, no inversion.
  static func embedded(_ clause: Clause) -> [String] {
    guard let role = clause.frontingRole, role != .subject else { return statement(clause) }
    return words(clause, role) + subject(clause) + predicate(clause, without: role)
  }

  static func question(_ clause: Clause) -> [String] {
    let role = clause.frontingRole
    if role == .subject { return statement(clause) }
    let group = EnglishVerbGroup(clause).supported(clause.englishAgreement)
    return (role.map { words(clause, $0) } ?? []) + [group.finite] + subject(clause)
      + (clause.isNegated ? ["not"] : []) + adverb(clause) + group.rest + following(clause, without: role)
  }

  static func command(_ clause: Clause) -> [String] {
    (clause.isPolite ? ["please"] : []) + (clause.isNegated ? ["do", "not"] : [])
      + clause.englishInfinitive + following(clause, without: nil)
  }

  static func infinitive(_ clause: Clause) -> [String] {
    (clause.isNegated ? ["not"] : []) + ["to"] + clause.englishInfinitive + following(clause, without: nil)
  }

  private static func gerund(_ clause: Clause) -> [String] {
    clause.englishGerund + following(clause, without: nil)
  }

  private static func subject(_ clause: Clause) -> [String] {
    EnglishNounPhrases.words(clause.subject, isSubject: true)
  }

  private static func adverb(_ clause: Clause) -> [String] { clause.frequency?.english.words ?? [] }

  /// The fronted part, without its preposition: "the bus that I am waiting for".
  private static func words(_ clause: Clause, _ role: Clause.Role) -> [String] {
    switch role {
    case .subject: subject(clause)
    case .direct: clause.directObject.map { EnglishNounPhrases.words($0, isSubject: false) } ?? []
    case .indirect: clause.indirectObject.map { EnglishNounPhrases.words($0, isSubject: false) } ?? []
    case .prepositional:
      clause.prepositionalObject.map { EnglishNounPhrases.words($0.object, isSubject: false) } ?? []
    case .time: clause.time.map(EnglishNounPhrases.words) ?? []
    case .place: clause.place.map(EnglishNounPhrases.words) ?? []
    case .direction: clause.direction.map(EnglishNounPhrases.words) ?? []
    }
  }

  private static func predicate(_ clause: Clause, without role: Clause.Role) -> [String] {
    var group = EnglishVerbGroup(clause)
    if clause.isNegated { group = group.supported(clause.englishAgreement) }
    let after = following(clause, without: role)
    let not = clause.isNegated ? ["not"] : []
    if clause.isNegated, group.finite == "can" { return ["cannot"] + group.rest + after }
    if group.isAuxiliary { return [group.finite] + not + adverb(clause) + group.rest + after }
    return adverb(clause) + [group.finite] + group.rest + after
  }

  /// All that follows the verb.
  private static func following(_ clause: Clause, without role: Clause.Role?) -> [String] {
    var words: [String] = []
    func add(_ phrase: NounPhrase?, _ own: Clause.Role) {
      if let phrase, role != own { words += EnglishNounPhrases.words(phrase, isSubject: false) }
    }
    func add(_ adverbial: Adverbial?, _ own: Clause.Role) {
      if let adverbial, role != own { words += EnglishNounPhrases.words(adverbial) }
    }
    let usesTo = clause.verb.marksDativeWithTo && clause.indirectObject != nil
    if !usesTo { add(clause.indirectObject, .indirect) }
    add(clause.directObject, .direct)
    words += clause.particleAfterObject
    words += clause.predicate.map(self.words) ?? []
    words += clause.manner?.english.words ?? []
    if usesTo {
      words.append("to")
      add(clause.indirectObject, .indirect)
    }
    if let governed = clause.prepositionalObject {
      words += EnglishNounPhrases.preposition(governed.preposition)
      add(governed.object, .prepositional)
    }
    add(clause.direction, .direction)
    words += clause.companion.map(EnglishNounPhrases.words) ?? []
    add(clause.place, .place)
    add(clause.time, .time)
    return words + (clause.complement.map(complement) ?? [])
  }

  private static func words(_ predicate: Predicate) -> [String] {
    switch predicate {
    case .adjective(let adjective): adjective.english.base.words
    case .comparison(let adjective, let standard):
      adjective.english.form(.comparative).words + ["than"]
        + EnglishNounPhrases.words(standard, isSubject: false)
    case .equality(let adjective, let standard):
      ["as", adjective.english.base, "as"] + EnglishNounPhrases.words(standard, isSubject: false)
    case .noun(let phrase): EnglishNounPhrases.words(phrase, isSubject: false)
    case .profession(let noun, _):
      EnglishNounPhrases.words(NounPhrase(noun, .indefinite), isSubject: false)
    case .location(let adverbial): EnglishNounPhrases.words(adverbial)
    case .age(let years, let inWords): [inWords ? Numerals.english(years) : "\(years)", "years", "old"]
    }
  }

  private static func complement(_ complement: Complement) -> [String] {
    switch complement {
    case .that(let clause): ["that"] + embedded(clause)
    case .whether(let clause): ["whether"] + embedded(clause)
    case .question(let clause): embedded(clause)
    case .infinitive(let clause): infinitive(clause)
    case .purpose(let clause): ["in", "order"] + infinitive(clause)
    case .without(let clause): ["without"] + gerund(clause)
    }
  }
}
