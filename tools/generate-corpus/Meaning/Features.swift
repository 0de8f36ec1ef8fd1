/// Grammatical gender of a German noun.
enum Gender: Sendable { case masculine, feminine, neuter }

/// Grammatical number.
enum GrammaticalNumber: Sendable { case singular, plural }

/// The four German cases.
enum GrammaticalCase: Sendable { case nominative, accusative, dative, genitive }

/// Who acts, as a verb sees it.
///
/// `formal` is German "Sie", `familiar` is "du".
enum Person: Sendable { case first, familiar, formal, third }

/// What a finite verb agrees with.
struct Agreement: Sendable {
  let person: Person
  let number: GrammaticalNumber
}

/// The tenses of the corpus, named after English: each has exactly one German counterpart.
enum Tense: Sendable {
  /// "reads", German present.
  case present
  /// "is reading", German present with "gerade".
  case progressive
  /// "read", German perfect (preterite for sein, haben, wissen, kennen, brauchen, lieben, the modals and the passive).
  case past
  /// "has read", German perfect; always with "already", "just" or "never".
  case perfect
  /// "will read", German werden.
  case future
  /// "has been reading for two years", German present with "seit".
  case ongoing
}

/// How far an adjective is raised.
enum Degree: Sendable { case positive, comparative, superlative }
