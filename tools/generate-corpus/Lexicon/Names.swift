/// A first name, or a family name with its title.
struct Name: Sendable {
  let english: String
  let german: String
  /// The form after verbs and prepositions: "Herrn Weber".
  let oblique: String
  let isFemale: Bool
  /// A person addressed as "du".
  let isFirstName: Bool

  var pronoun: Pronoun { isFemale ? .she : .he }
}

extension Lexicon {
  static let names: [Name] =
    women.words.map { Name(first: $0, isFemale: true) }
    + men.words.map { Name(first: $0, isFemale: false) }
    + families.words.flatMap { [Name(family: $0, isFemale: true), Name(family: $0, isFemale: false)] }

  // None ends in s, x or z: their genitive would need an apostrophe.
  private static let women = "Anna Julia Sophie Lena Maria Laura Emma Clara Nina Eva"
  private static let men = "Peter Paul Martin Jan David Simon Daniel Leon Oliver Stefan"
  private static let families = "Weber Wagner Becker Keller Hofmann Braun"
}

extension Name {
  fileprivate init(first: String, isFemale: Bool) {
    self.init(english: first, german: first, oblique: first, isFemale: isFemale, isFirstName: true)
  }

  fileprivate init(family: String, isFemale: Bool) {
    self.init(
      english: "\(isFemale ? "Mrs" : "Mr") \(family)", german: "\(isFemale ? "Frau" : "Herr") \(family)",
      oblique: "\(isFemale ? "Frau" : "Herrn") \(family)", isFemale: isFemale, isFirstName: false)
  }
}
