/// One verb with everything that belongs to it.
///
/// Both languages are realized from this.
struct Clause: Sendable {
  var subject: NounPhrase
  var verb: Verb
  var tense = Tense.present
  var modal: Modal?
  var isNegated = false
  var isPassive = false

  /// The German dative object.
  var indirectObject: NounPhrase?
  /// The German accusative object.
  var directObject: NounPhrase?
  /// The object with the preposition that the verb asks for: "wait for the bus".
  var prepositionalObject: PrepositionalPhrase?
  /// What "be" says about the subject.
  var predicate: Predicate?

  /// "often", "already": before the English verb.
  var frequency: Adverb?
  var manner: Adverb?
  var time: Adverbial?
  var place: Adverbial?
  /// "with my brother", "without an umbrella".
  var companion: PrepositionalPhrase?
  /// "to the station".
  var direction: Adverbial?
  /// "unfortunately": always first.
  var comment: Adverb?
  var front = Front.subject
  var complement: Complement?
  /// "bitte" of a polite command.
  var isPolite = false

  init(_ subject: NounPhrase, _ verb: Verb, _ tense: Tense = .present) {
    self.subject = subject
    self.verb = verb
    self.tense = tense
  }

  /// What stands before the German finite verb (and first in English).
  enum Front: Sendable { case subject, time, place }
}

/// A clause in the place of an object.
indirect enum Complement: Sendable {
  case that(Clause)
  case whether(Clause)
  /// An indirect question: the clause has an interrogative in it.
  case question(Clause)
  /// "to read the book", "das Buch zu lesen".
  case infinitive(Clause)
  /// "in order to", "um ... zu".
  case purpose(Clause)
  /// "without reading", "ohne ... zu".
  case without(Clause)
}

/// What follows "be".
indirect enum Predicate: Sendable {
  case adjective(Adjective)
  /// "older than the house".
  case comparison(Adjective, NounPhrase)
  /// "as old as the house".
  case equality(Adjective, NounPhrase)
  case noun(NounPhrase)
  /// "a teacher", German without an article.
  case profession(Noun, isFemale: Bool)
  case location(Adverbial)
  /// "23 years old".
  case age(Int, inWords: Bool)
}

struct PrepositionalPhrase: Sendable {
  let preposition: Preposition
  var object: NounPhrase
}

/// A time, a place or a direction.
enum Adverbial: Sendable {
  case fixed(english: String, german: String)
  case phrase(PrepositionalPhrase)
  /// "where", "when", ...: asks for the adverbial.
  case interrogative(english: String, german: String)

  var isInterrogative: Bool {
    if case .interrogative = self { true } else { false }
  }
}
