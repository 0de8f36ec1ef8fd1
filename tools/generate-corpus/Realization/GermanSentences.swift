/// German text of sentences.
enum GermanSentences {
  static func text(_ sentence: Sentence) -> String {
    let (words, end) = parts(sentence)
    return Punctuation.sentence(words, end: end)
  }

  private static func parts(_ sentence: Sentence) -> (words: [String], end: String) {
    switch sentence {
    case .statement(let clause): return (GermanClauses.words(clause, .verbSecond), ".")
    case .question(let clause):
      let order: GermanClauses.Order = clause.frontingRole == nil ? .verbFirst : .verbSecond
      return (GermanClauses.words(clause, order), "?")
    case .command(let clause):
      return (GermanClauses.words(clause, .imperative), clause.isPolite ? "." : "!")
    case .linked(let main, let conjunction, let clause, let subordinateFirst):
      let subordinate = [conjunction.german] + GermanClauses.words(clause, .verbFinal) + [","]
      if subordinateFirst { return (subordinate + GermanClauses.words(main, .verbFirst), ".") }
      return (GermanClauses.words(main, .verbSecond) + [","] + subordinate, ".")
    case .joined(let first, let coordinator, let second):
      let comma = coordinator.germanComma ? [","] : []
      return (parts(first).words + comma + [coordinator.german] + parts(second).words, ".")
    case .addressed(let name, let inner):
      let (words, end) = parts(inner)
      return (name.german.words + [","] + words, end)
    }
  }
}
