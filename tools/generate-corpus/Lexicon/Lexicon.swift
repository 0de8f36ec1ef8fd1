/// All words.
///
/// Each file of this folder holds one class as a table; its rows become values here.
enum Lexicon {
  static func nouns(_ tags: [String]) -> [Noun] {
    nouns.filter { noun in noun.hasAny(tags) || tags.contains(noun.english.singular) }
  }

  static func noun(_ english: String) -> Noun {
    guard let noun = nouns.first(where: { $0.english.singular == english }) else {
      preconditionFailure("lexicon: no noun '\(english)'")
    }
    return noun
  }
}
