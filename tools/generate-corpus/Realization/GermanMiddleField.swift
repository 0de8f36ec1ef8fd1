/// What stands between the two brackets of the German verb, in its order:
/// pronouns, time, definite objects, "oft", "nicht", company, place, manner, indefinite object, the rest.
struct GermanMiddleField {
  private var clause: Clause
  /// Relative clauses of objects: they follow the verbs at the end.
  private(set) var extraposed: [String] = []

  init(_ clause: Clause) {
    self.clause = clause
    extrapose(\.directObject)
    extrapose(\.indirectObject)
    if var governed = self.clause.prepositionalObject {
      extraposed += Self.detachRelative(&governed.object)
      self.clause.prepositionalObject = governed
    }
  }

  private mutating func extrapose(_ part: WritableKeyPath<Clause, NounPhrase?>) {
    guard var object = clause[keyPath: part] else { return }
    extraposed += Self.detachRelative(&object)
    clause[keyPath: part] = object
  }

  /// Takes the relative clause off a phrase and gives its words.
  private static func detachRelative(_ phrase: inout NounPhrase) -> [String] {
    for (index, modifier) in phrase.modifiers.enumerated() {
      guard case .relativeClause(let relative) = modifier else { continue }
      phrase.modifiers.remove(at: index)
      return [","] + GermanClauses.words(relative, .verbFinal) + [","]
    }
    return []
  }

  /// All but the part `role`, which stands elsewhere.
  ///
  /// Where the finite verb precedes, object pronouns come before a subject that is a noun.
  func words(without role: Clause.Role?, verbPrecedes: Bool) -> [String] {
    func unless(_ own: Clause.Role, _ make: () -> [String]) -> [String] { own == role ? [] : make() }
    let subject = unless(.subject) { Self.words(clause, .subject) }
    let pronouns = pronouns(without: role)
    // "..., weil sich Anna freut": a reflexive before a noun everywhere, other pronouns after the verb only.
    let isReflexive = clause.verb.german.reflexive != .none
    let pronounsFirst =
      (verbPrecedes || isReflexive) && !clause.subject.isPronoun && !clause.subject.isFronting
    return (pronounsFirst ? pronouns + subject : subject + pronouns)
      + (clause.isPolite ? ["bitte"] : [])
      + (clause.tense == .progressive && clause.modal == nil ? ["gerade"] : [])
      + (hasEarlyFrequency ? frequency : [])
      + unless(.time) { clause.time.map(GermanNounPhrases.words) ?? [] }
      + unless(.indirect) { nominalObject(clause.indirectObject, .dative) }
      + unless(.direct) { isObjectLate ? [] : nominalObject(clause.directObject, .accusative) }
      + (hasEarlyFrequency ? [] : frequency)
      + (needsNicht ? ["nicht"] : [])
      + (clause.companion.map(GermanNounPhrases.words) ?? [])
      + unless(.place) { clause.place.map(GermanNounPhrases.words) ?? [] }
      + (clause.manner?.german.words ?? [])
      + unless(.direct) { isObjectLate ? nominalObject(negatedObject, .accusative) : [] }
      + unless(.prepositional) { clause.prepositionalObject.map(GermanNounPhrases.words) ?? [] }
      + unless(.direction) { clause.direction.map(GermanNounPhrases.words) ?? [] }
      + (clause.predicate.map(predicate) ?? [])
  }

  /// A part as it stands at the front.
  static func words(_ clause: Clause, _ role: Clause.Role) -> [String] {
    switch role {
    case .subject: GermanNounPhrases.words(clause.subject, .nominative)
    case .direct: clause.directObject.map { GermanNounPhrases.words($0, .accusative) } ?? []
    case .indirect: clause.indirectObject.map { GermanNounPhrases.words($0, .dative) } ?? []
    case .prepositional: clause.prepositionalObject.map(GermanNounPhrases.words) ?? []
    case .time: clause.time.map(GermanNounPhrases.words) ?? []
    case .place: clause.place.map(GermanNounPhrases.words) ?? []
    case .direction: clause.direction.map(GermanNounPhrases.words) ?? []
    }
  }

  /// Accusative before dative; the reflexive first of all.
  private func pronouns(without role: Clause.Role?) -> [String] {
    var words: [String] = []
    switch clause.verb.german.reflexive {
    case .none: break
    case .accusative: words.append(clause.subject.agreement.germanReflexive(.accusative))
    case .dative: break
    }
    if let object = clause.directObject, object.isPronoun, role != .direct {
      words += GermanNounPhrases.words(object, .accusative)
    }
    if clause.verb.german.reflexive == .dative {
      words.append(clause.subject.agreement.germanReflexive(.dative))
    }
    if let object = clause.indirectObject, object.isPronoun, role != .indirect {
      words += GermanNounPhrases.words(object, .dative)
    }
    return words
  }

  private func nominalObject(_ object: NounPhrase?, _ case: GrammaticalCase) -> [String] {
    guard let object, !object.isPronoun else { return [] }
    return GermanNounPhrases.words(object, `case`)
  }

  private var frequency: [String] { clause.frequency?.german.words ?? [] }

  /// "manchmal" and "normalerweise" are about the whole clause, "oft" is about the verb.
  private var hasEarlyFrequency: Bool { ["manchmal", "normalerweise"].contains(clause.frequency?.german) }

  /// New things come late: "Er hat im Garten ein Buch gelesen", but "Er hat das Buch im Garten gelesen".
  private var isObjectLate: Bool {
    guard let object = clause.directObject, case .noun(let noun) = object.head else { return false }
    switch object.determiner {
    case .many, .some, .no, .cardinal: return true
    default: return object.isIndefinite || noun.isLanguage
    }
  }

  /// "kein" carries the negation of an indefinite object.
  private var negatedObject: NounPhrase? {
    guard clause.isNegated, var object = clause.directObject, object.isIndefinite else {
      return clause.directObject
    }
    object.determiner = .no
    return object
  }

  private var needsNicht: Bool {
    guard clause.isNegated else { return false }
    if clause.directObject?.isIndefinite == true { return false }
    switch clause.predicate {
    case .noun(let phrase): return !phrase.isIndefinite
    case .profession: return false
    default: return true
    }
  }

  private func predicate(_ predicate: Predicate) -> [String] {
    switch predicate {
    case .adjective(let adjective): adjective.german.predicative(.positive)
    case .comparison(let adjective, let standard):
      adjective.german.predicative(.comparative) + ["als"] + GermanNounPhrases.words(standard, .nominative)
    case .equality(let adjective, let standard):
      ["so"] + adjective.german.predicative(.positive) + ["wie"]
        + GermanNounPhrases.words(standard, .nominative)
    case .noun(var phrase):
      {
        if clause.isNegated, phrase.isIndefinite { phrase.determiner = .no }
        return GermanNounPhrases.words(phrase, .nominative)
      }()
    case .profession(let noun, let isFemale):
      (clause.isNegated ? [isFemale ? "keine" : "kein"] : [])
        + [isFemale ? noun.feminine ?? noun.german.singular : noun.german.singular]
    case .location(let adverbial): GermanNounPhrases.words(adverbial)
    case .age(let years, let inWords): [inWords ? Numerals.german(years) : "\(years)", "Jahre", "alt"]
    }
  }
}
