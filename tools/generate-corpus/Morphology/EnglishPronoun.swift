extension Pronoun {
  var englishSubject: String {
    switch self {
    case .i: "I"
    case .he: "he"
    case .she: "she"
    case .we: "we"
    case .they: "they"
    case .youFormal, .youFamiliar: "you"
    case .thing(let antecedent): antecedent.number == .singular ? "it" : "they"
    case .impersonal: "it"
    case .existential: "there"
    case .demonstrative: "this"
    }
  }

  var englishObject: String {
    switch self {
    case .i: "me"
    case .he: "him"
    case .she: "her"
    case .we: "us"
    case .they: "them"
    case .thing(let antecedent) where antecedent.number == .plural: "them"
    default: englishSubject
    }
  }

  var englishPossessive: String {
    switch self {
    case .i: "my"
    case .he: "his"
    case .she: "her"
    case .we: "our"
    case .they: "their"
    case .youFormal, .youFamiliar: "your"
    case .thing(let antecedent): antecedent.number == .singular ? "its" : "their"
    case .impersonal, .existential, .demonstrative: "its"
    }
  }
}
