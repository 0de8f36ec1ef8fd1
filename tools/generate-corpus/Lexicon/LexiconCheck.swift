extension Lexicon {
  /// Tags that select nothing, most likely misspelled.
  static var unknownTags: [String] {
    let known = Set(nouns.flatMap { $0.tags + [$0.english.singular] } + places.map(\.noun.english.singular))
      .union(["place", "weather"] + places.flatMap(\.noun.tags))
    let knownPlaces = Set(places.flatMap(\.tags)).union(["city", "country"])
    let manner = Set(manners.map(\.english))
    var unknown: [String] = []
    for adjective in adjectives {
      unknown += adjective.fits.filter { !known.contains($0) }.map { "\(adjective.english.base): \($0)" }
    }
    for verb in verbs + motions {
      let tags = verb.subjects + verb.objects + (verb.governed?.tags ?? [])
      unknown += tags.filter { !known.contains($0) }.map { "\(verb.english.infinitive): \($0)" }
      unknown += verb.places.filter { !knownPlaces.contains($0) }.map { "\(verb.english.infinitive): \($0)" }
      unknown += verb.manners.filter { !manner.contains($0) }.map { "\(verb.english.infinitive): \($0)" }
    }
    return unknown
  }
}
