/// Singular and plural of an English noun.
struct EnglishNoun: Sendable {
  let singular: String
  let plural: String

  /// - Parameter text: the singular, or `child/children` where the plural is irregular.
  init(_ text: String) {
    let forms = text.split(separator: "/").map(String.init)
    singular = forms[0]
    plural = forms.count > 1 ? forms[1] : Self.regularPlural(forms[0])
  }

  func form(_ number: GrammaticalNumber) -> String { number == .singular ? singular : plural }

  private static func regularPlural(_ word: String) -> String {
    if word.hasSuffix("y"), let before = word.dropLast().last, !"aeiou".contains(before) {
      return word.dropLast() + "ies"
    }
    return ["s", "sh", "ch", "x"].contains(where: word.hasSuffix) ? word + "es" : word + "s"
  }
}
