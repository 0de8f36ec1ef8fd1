/// A whole sentence, from its meaning to its punctuation mark.
indirect enum Sentence: Sendable {
  case statement(Clause)
  /// With an interrogative inside a wh-question, else a yes/no question.
  case question(Clause)
  case command(Clause)
  /// Main clause and subordinate clause.
  case linked(main: Clause, Conjunction, Clause, subordinateFirst: Bool)
  /// Two sentences side by side.
  case joined(Sentence, Coordinator, Sentence)
  /// "Anna, ...": the person addressed.
  case addressed(Name, Sentence)
}

/// A subordinating conjunction.
enum Conjunction: String, Sendable {
  case because, although, `if`, when, before, `while`, asSoonAs = "as soon as", until, soThat = "so that"
  /// "when" of the past, German "als".
  case whenOnce

  var english: String { self == .whenOnce ? "when" : rawValue }

  var german: String {
    switch self {
    case .because: "weil"
    case .although: "obwohl"
    case .if, .when: "wenn"
    case .whenOnce: "als"
    case .before: "bevor"
    case .while: "während"
    case .asSoonAs: "sobald"
    case .until: "bis"
    case .soThat: "damit"
    }
  }
}

/// A conjunction between main clauses.
enum Coordinator: String, Sendable {
  case and, but, or

  var german: String {
    switch self {
    case .and: "und"
    case .but: "aber"
    case .or: "oder"
    }
  }

  /// German puts a comma before "aber" only.
  var germanComma: Bool { self == .but }
}
