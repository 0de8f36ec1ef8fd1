/// The verbs of an English clause: the finite one, and the rest.
struct EnglishVerbGroup {
  /// "has", "reads", "can".
  var finite: String
  var rest: [String]
  /// Inverts and takes "not" without "do".
  var isAuxiliary: Bool
  /// What follows "do": the base form of a finite full verb.
  var base: String = ""
  var isPast = false

  init(_ clause: Clause) {
    let agreement = clause.englishAgreement
    if let modal = clause.modal {
      self.init(modal, clause, agreement)
    } else {
      self.init(clause.tense, clause, agreement)
    }
  }

  private init(_ finite: String, _ rest: [String]) {
    self.finite = finite
    self.rest = rest
    isAuxiliary = true
  }

  private init(_ tense: Tense, _ clause: Clause, _ agreement: Agreement) {
    let verb = clause.englishCore
    let tail = clause.englishTail
    let have = EnglishVerb("have/had/had")
    switch tense {
    case .present, .past:
      self.init(tense == .past ? verb.past(agreement) : verb.present(agreement), tail)
      isAuxiliary = verb.isBe
      base = verb.base
      isPast = tense == .past
    case .progressive:
      self.init(EnglishVerb("be/was/been").present(agreement), [verb.gerund] + tail)
    case .perfect: self.init(have.present(agreement), [verb.participle] + tail)
    case .ongoing:
      let words = clause.verb.isStative ? [verb.participle] : ["been", verb.gerund]
      self.init(have.present(agreement), words + tail)
    case .future: self.init("will", [verb.base] + tail)
    }
  }

  private init(_ modal: Modal, _ clause: Clause, _ agreement: Agreement) {
    let main = [clause.englishCore.base] + clause.englishTail
    let isPast = clause.tense == .past
    switch modal {
    case .can: self.init(isPast ? "could" : "can", main)
    case .should: self.init("should", main)
    case .wouldLike: self.init("would", ["like", "to"] + main)
    case .may:
      let be = EnglishVerb("be/was/been")
      self.init(isPast ? be.past(agreement) : be.present(agreement), ["allowed", "to"] + main)
    case .must, .want:
      let verb = EnglishVerb(modal == .must ? "have/had/had" : "want")
      self.init(isPast ? verb.past : verb.present(agreement), ["to"] + main)
      isAuxiliary = false
      base = verb.base
      self.isPast = isPast
    }
  }

  /// The group with "do", for negations and questions.
  func supported(_ agreement: Agreement) -> EnglishVerbGroup {
    guard !isAuxiliary else { return self }
    let form = isPast ? "did" : EnglishVerb("do/did/done").present(agreement)
    return EnglishVerbGroup(form == "dos" ? "does" : form, [base] + rest)
  }
}

extension Clause {
  /// "there are two trees": the verb agrees with what is there.
  var englishAgreement: Agreement {
    if case .pronoun(.existential) = subject.head, let directObject { return directObject.agreement }
    return subject.agreement
  }

  fileprivate var englishCore: EnglishVerb { isPassive ? EnglishVerb("be/was/been") : verb.english }
  fileprivate var englishTail: [String] {
    if isPassive { return [verb.english.participle] + verb.english.tail }
    return particleAfterObject.isEmpty ? verb.english.tail : []
  }

  /// "try it on": a particle follows an object that is a pronoun.
  var particleAfterObject: [String] {
    guard directObject?.isPronoun == true, let particle = verb.english.tail.first,
      ["on", "off", "up", "away", "back", "along"].contains(particle)
    else { return [] }
    return verb.english.tail
  }

  /// "read the book", for "to" and "please".
  var englishInfinitive: [String] { [englishCore.base] + englishTail }
  var englishGerund: [String] { [englishCore.gerund] + englishTail }
}
