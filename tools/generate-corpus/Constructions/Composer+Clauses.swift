extension Composer {
  /// A verb that people do, with its objects; times and places come later.
  ///
  /// Where it is finite, "we read" and "they cut" are avoided, since their tense is ambiguous.
  mutating func activity(
    _ subject: NounPhrase? = nil, _ tense: Tense = .present, among verbs: [Verb]? = nil, isFinite: Bool = true
  ) -> Clause {
    var candidates = (verbs ?? Lexicon.verbs)
    if subject != nil {
      candidates = candidates.filter { $0.subjects.contains("person") || $0.subjects.contains("adult") }
    }
    var verb = pick(candidates)
    var doer = subject ?? self.subject(for: verb)
    for _ in 0..<50 where isFinite && verb.hidesTense(tense, of: doer) {
      verb = pick(candidates)
      doer = subject ?? self.subject(for: verb)
    }
    var clause = Clause(doer, verb, tense)
    addObjects(&clause)
    if tense == .progressive, verb.isStative || verb.isInstant { clause.tense = .present }
    return clause
  }

  /// The objects that the verb asks for.
  mutating func addObjects(_ clause: inout Clause) {
    let verb = clause.verb
    let owner = owner(of: clause.subject)
    if verb.takesPersonInDative {
      clause.indirectObject =
        chance(40)
        ? objectPronoun(notOf: clause.subject)
        : nominalPerson(
          ["friend", "neighbour", "child", "kin", "teacher", "customer", "colleague"], owner: owner)
    }
    if !verb.objects.isEmpty { clause.directObject = object(verb.objects, owner: owner) }
    if let governed = verb.governed {
      clause.prepositionalObject = PrepositionalPhrase(
        preposition: governed.preposition, object: object(governed.tags, owner: owner))
    }
    preferSense(&clause)
  }

  /// Where a determiner would be odd: "has this dog", "visits a mother".
  private mutating func preferSense(_ clause: inout Clause) {
    let english = clause.verb.english.base
    if ["have", "need", "lose"].contains(english), let object = clause.directObject, case .noun = object.head
    {
      clause.directObject?.determiner =
        english == "lose" ? .possessive(owner(of: clause.subject)) : .indefinite
    }
    if english == "lose" { clause.directObject?.number = .singular }
    // A person who is given something must not be heavier than the thing.
    if clause.indirectObject?.isPronoun == false { clause.indirectObject?.adjectives = [] }
  }

  mutating func addManner(_ clause: inout Clause, percent: Int = 25) {
    guard !clause.verb.manners.isEmpty, chance(percent) else { return }
    let english = pick(clause.verb.manners)
    if english == "together", clause.subject.agreement.number == .singular { return }
    clause.manner = Lexicon.manners.first { $0.english == english }
    precondition(clause.manner != nil, "lexicon: no adverb of manner '\(english)'")
  }

  mutating func addPlace(_ clause: inout Clause, percent: Int = 45) {
    let tags = clause.verb.places.filter { !$0.hasSuffix("-") }
    guard !tags.isEmpty, clause.direction == nil, clause.place == nil, chance(percent) else { return }
    clause.place = place(tags, with: \.whereAt)
  }

  mutating func addTime(_ clause: inout Clause, percent: Int = 60) {
    guard !clause.verb.isStative, clause.frequency == nil, chance(percent) else { return }
    // "I have to work tomorrow": a modal in the present is about what comes.
    defer {
      if ["get", "wake", "fall", "smile", "sleep", "rest"].contains(clause.verb.english.base) {
        keepDaily(&clause)
      }
    }
    clause.time = time(for: clause.modal != nil && clause.tense == .present ? .future : clause.tense)
    if clause.time != nil, chance(30) { clause.front = .time }
  }

  /// What one does every day is not done "twice a year".
  private func keepDaily(_ clause: inout Clause) {
    guard case .fixed(let english, _) = clause.time, clause.tense == .present else { return }
    if ["week", "year"].contains(where: english.hasSuffix) { clause.time = nil }
  }

  mutating func addCompanion(_ clause: inout Clause, percent: Int = 30) {
    let sociable = [
      "eat", "drink", "cook", "sing", "dance", "swim", "work", "buy", "visit", "watch", "learn", "bake", "go",
      "run",
      "drive", "travel", "fly", "come", "arrive", "prepare", "paint", "laugh",
    ]
    guard clause.verb.governed == nil, clause.manner == nil, clause.modal == nil || chance(50),
      sociable.contains(clause.verb.english.base), clause.verb.subjects.contains("person"), chance(percent)
    else { return }
    guard clause.directObject?.has("person") != true else { return }
    clause.companion = PrepositionalPhrase(
      preposition: .with,
      object: nominalPerson(["kin", "friend", "neighbour", "colleague"], owner: owner(of: clause.subject)))
  }

  /// Everything optional, for a sentence of one clause.
  mutating func furnish(_ clause: inout Clause) {
    addManner(&clause)
    addPlace(&clause)
    addTime(&clause)
    addCompanion(&clause)
    if clause.place != nil, clause.front == .subject, !clause.subject.isPronoun || chance(40), chance(10) {
      clause.front = .place
    }
  }

  /// Someone goes somewhere.
  mutating func motion(_ subject: NounPhrase? = nil, _ tense: Tense = .present) -> Clause {
    let verb = pick(Lexicon.motions)
    var clause = Clause(subject ?? person(), verb, tense)
    let tags = verb.places
    if tags.contains("city") || tags.contains("country") {
      let localities = Lexicon.cities + (tags.contains("country") ? Lexicon.countries : [])
      let goal = pick(localities)
      clause.direction = .fixed(english: "to \(goal.english)", german: "nach \(goal.german)")
    } else {
      clause.direction = place(tags, with: \.whereTo)
    }
    return clause
  }

  /// "in Berlin".
  mutating func inTown() -> Adverbial {
    let town = pick(Lexicon.cities + Lexicon.countries)
    return .fixed(english: "in \(town.english)", german: "in \(town.german)")
  }
}

extension NounPhrase {
  func has(_ tag: String) -> Bool {
    if case .noun(let noun) = head { noun.has(tag) } else { false }
  }
}

extension Verb {
  /// "we read", "they cut": present or past.
  fileprivate func hidesTense(_ tense: Tense, of subject: NounPhrase) -> Bool {
    guard english.base == english.past, tense == .present || tense == .past else { return false }
    return subject.agreement.person != .third || subject.agreement.number == .plural
  }
}
