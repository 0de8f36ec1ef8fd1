/// Which endings an adjective takes.
enum AdjectiveDeclension: Sendable { case weak, mixed, strong }

/// Endings of determiners and adjectives, by case, number and gender.
enum GermanEndings {
  /// dies-er, dies-en, ...
  static func dieser(_ case: GrammaticalCase, _ number: GrammaticalNumber, _ gender: Gender) -> String {
    if number == .plural {
      return pick(`case`, "e", "e", "en", "er")
    }
    return switch gender {
    case .masculine: pick(`case`, "er", "en", "em", "es")
    case .feminine: pick(`case`, "e", "e", "er", "er")
    case .neuter: pick(`case`, "es", "es", "em", "es")
    }
  }

  /// ein, ein-en, ...: bare in the nominative of masculines and in two cases of neuters.
  static func ein(_ case: GrammaticalCase, _ number: GrammaticalNumber, _ gender: Gender) -> String {
    isBareEin(`case`, number, gender) ? "" : dieser(`case`, number, gender)
  }

  static func adjective(
    _ declension: AdjectiveDeclension, _ case: GrammaticalCase, _ number: GrammaticalNumber, _ gender: Gender
  ) -> String {
    switch declension {
    case .strong:
      let isGenitive = `case` == .genitive && number == .singular && gender != .feminine
      return isGenitive ? "en" : dieser(`case`, number, gender)
    case .mixed where isBareEin(`case`, number, gender):
      return dieser(`case`, number, gender)
    case .mixed, .weak:
      let endsInE =
        number == .singular
        && (`case` == .nominative || (`case` == .accusative && gender != .masculine))
      return endsInE ? "e" : "en"
    }
  }

  /// der, die, das.
  static func article(_ case: GrammaticalCase, _ number: GrammaticalNumber, _ gender: Gender) -> String {
    let ending = dieser(`case`, number, gender)
    if ending == "e" { return "die" }
    if ending == "es", `case` != .genitive { return "das" }
    return "d" + ending
  }

  /// The relative pronoun: as the article, but denen, dessen, deren.
  static func relative(_ case: GrammaticalCase, _ number: GrammaticalNumber, _ gender: Gender) -> String {
    if number == .plural, `case` == .dative { return "denen" }
    guard `case` == .genitive else { return article(`case`, number, gender) }
    return number == .plural || gender == .feminine ? "deren" : "dessen"
  }

  private static func isBareEin(
    _ case: GrammaticalCase, _ number: GrammaticalNumber, _ gender: Gender
  ) -> Bool {
    guard number == .singular, gender != .feminine else { return false }
    return `case` == .nominative || (`case` == .accusative && gender == .neuter)
  }

  private static func pick(
    _ case: GrammaticalCase, _ nominative: String, _ accusative: String, _ dative: String, _ genitive: String
  ) -> String {
    switch `case` {
    case .nominative: nominative
    case .accusative: accusative
    case .dative: dative
    case .genitive: genitive
    }
  }
}
