extension Pronoun {
  /// Nominative, accusative or dative.
  func german(_ case: GrammaticalCase) -> String {
    let forms = germanForms
    return switch `case` {
    case .nominative: forms.nominative
    case .accusative: forms.accusative
    case .dative, .genitive: forms.dative
    }
  }

  private var germanForms: (nominative: String, accusative: String, dative: String) {
    switch self {
    case .i: ("ich", "mich", "mir")
    case .he: ("er", "ihn", "ihm")
    case .she: ("sie", "sie", "ihr")
    case .we: ("wir", "uns", "uns")
    case .they: ("sie", "sie", "ihnen")
    case .youFormal: ("Sie", "Sie", "Ihnen")
    case .youFamiliar: ("du", "dich", "dir")
    case .impersonal, .existential: ("es", "es", "ihm")
    case .demonstrative: ("das", "das", "dem")
    case .thing(let antecedent): Self.forms(of: antecedent)
    }
  }

  private static func forms(
    of antecedent: Antecedent
  ) -> (nominative: String, accusative: String, dative: String) {
    if antecedent.number == .plural { return ("sie", "sie", "ihnen") }
    return switch antecedent.gender {
    case .masculine: ("er", "ihn", "ihm")
    case .feminine: ("sie", "sie", "ihr")
    case .neuter: ("es", "es", "ihm")
    }
  }

  /// "mein", "unser", ...: takes the endings of "ein".
  var germanPossessive: String {
    switch self {
    case .i: "mein"
    case .he, .impersonal, .existential, .demonstrative: "sein"
    case .she, .they: "ihr"
    case .we: "unser"
    case .youFormal: "Ihr"
    case .youFamiliar: "dein"
    case .thing(let antecedent):
      antecedent.number == .plural || antecedent.gender == .feminine ? "ihr" : "sein"
    }
  }
}

extension Agreement {
  /// "mich", "sich", ...; in the dative "mir", "sich".
  func germanReflexive(_ case: GrammaticalCase) -> String {
    switch (person, number) {
    case (.first, .singular): `case` == .dative ? "mir" : "mich"
    case (.first, .plural): "uns"
    case (.familiar, _): `case` == .dative ? "dir" : "dich"
    default: "sich"
    }
  }
}
