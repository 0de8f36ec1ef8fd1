/// Everything that can be subject, object or stand after a preposition.
struct NounPhrase: Sendable {
  enum Head: Sendable {
    case noun(Noun)
    case name(Name)
    case pronoun(Pronoun)
    /// "der", "den", ... of a relative clause; agrees with its antecedent.
    case relative(Antecedent)
    /// "who" or "what".
    case interrogative(Interrogative)
    /// A sum of money or another bare measure: "20 euros".
    case amount(Amount)
  }

  indirect enum Modifier: Sendable {
    /// "my brother's car", "the door of the house".
    case possessor(NounPhrase)
    /// "the book that I read".
    case relativeClause(Clause)
    /// "the house in the city".
    case location(PrepositionalPhrase)
    /// "Anna and Max": joined to the head.
    case conjunct(NounPhrase)
  }

  var head: Head
  var determiner = Determiner.definite
  var number = GrammaticalNumber.singular
  var adjectives: [GradedAdjective] = []
  var modifiers: [Modifier] = []

  init(_ noun: Noun, _ determiner: Determiner = .definite, number: GrammaticalNumber = .singular) {
    head = .noun(noun)
    self.determiner = determiner
    self.number = noun.isPluralOnly ? .plural : number
  }

  init(_ pronoun: Pronoun) { head = .pronoun(pronoun) }
  init(_ name: Name) { head = .name(name) }
  init(_ head: Head) { self.head = head }
}

/// An adjective with its degree.
struct GradedAdjective: Sendable {
  let adjective: Adjective
  var degree = Degree.positive
}

/// What a relative or personal pronoun refers to.
struct Antecedent: Sendable {
  let gender: Gender
  let number: GrammaticalNumber
  let isPerson: Bool
}

enum Interrogative: Sendable { case who, what }

/// A measured quantity, already in both languages.
struct Amount: Sendable {
  let english: String
  let german: String
}

/// The words before adjectives.
enum Determiner: Sendable {
  case definite, indefinite, bare, this, every, many, some, no, which
  case possessive(Pronoun)
  case cardinal(Int, inWords: Bool)
}

/// Personal pronouns.
///
/// English "you" is "Sie", unless a first name is used to address someone: then it is "du".
enum Pronoun: Sendable {
  case i, he, she, we, they, youFormal, youFamiliar
  /// "it" or "they" with an antecedent in the same sentence.
  case thing(Antecedent)
  /// "it" of the weather.
  case impersonal
  /// "there" of "there is": German "es".
  case existential
  /// "this" of "this is": German "das".
  case demonstrative
}

extension NounPhrase {
  var isPronoun: Bool {
    if case .pronoun = head { true } else { false }
  }

  /// Stands first in its clause: "who", "which car", "the book that ...".
  var isFronting: Bool {
    switch head {
    case .relative, .interrogative: true
    case .noun: if case .which = determiner { true } else { false }
    default: false
    }
  }

  /// "a car", "coffee", "cars": negated by "kein".
  var isIndefinite: Bool {
    guard case .noun(let noun) = head, !noun.isLanguage else { return false }
    switch determiner {
    case .indefinite, .bare: return true
    default: return false
    }
  }

  var agreement: Agreement {
    if modifiers.contains(where: { if case .conjunct = $0 { true } else { false } }) {
      return Agreement(person: .third, number: .plural)
    }
    switch head {
    case .pronoun(let pronoun): return pronoun.agreement
    case .relative(let antecedent): return Agreement(person: .third, number: antecedent.number)
    default: return Agreement(person: .third, number: number)
    }
  }

  /// What a pronoun that stands for this phrase must agree with; nil where none fits.
  var antecedent: Antecedent? {
    guard case .noun(let noun) = head else { return nil }
    return Antecedent(gender: noun.german.gender, number: number, isPerson: noun.isPerson)
  }
}

extension Pronoun {
  var agreement: Agreement {
    switch self {
    case .i: Agreement(person: .first, number: .singular)
    case .we: Agreement(person: .first, number: .plural)
    case .youFormal: Agreement(person: .formal, number: .plural)
    case .youFamiliar: Agreement(person: .familiar, number: .singular)
    case .they: Agreement(person: .third, number: .plural)
    case .thing(let antecedent): Agreement(person: .third, number: antecedent.number)
    case .he, .she, .impersonal, .existential, .demonstrative: Agreement(person: .third, number: .singular)
    }
  }
}
