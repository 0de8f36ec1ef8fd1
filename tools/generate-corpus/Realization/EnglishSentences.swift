/// English text of sentences.
enum EnglishSentences {
  static func text(_ sentence: Sentence) -> String {
    let (words, end) = parts(sentence)
    return Punctuation.sentence(words, end: end)
  }

  private static func parts(_ sentence: Sentence) -> (words: [String], end: String) {
    switch sentence {
    case .statement(let clause): return (EnglishClauses.statement(clause), ".")
    case .question(let clause): return (EnglishClauses.question(clause), "?")
    case .command(let clause): return (EnglishClauses.command(clause), clause.isPolite ? "." : "!")
    case .linked(let main, let conjunction, let clause, let subordinateFirst):
      let subordinate = conjunction.english.words + EnglishClauses.embedded(clause)
      let statement = EnglishClauses.statement(main)
      return (subordinateFirst ? subordinate + [","] + statement : statement + subordinate, ".")
    case .joined(let first, let coordinator, let second):
      return (parts(first).words + [",", coordinator.rawValue] + parts(second).words, ".")
    case .addressed(let name, let inner):
      let (words, end) = parts(inner)
      return (name.english.words + [","] + words, end)
    }
  }
}
