/// Forms of an English verb; `tail` is what follows it unchanged ("get up", "be interested").
struct EnglishVerb: Sendable {
  let base: String
  let past: String
  let participle: String
  let tail: [String]
  /// "get up".
  var infinitive: String { ([base] + tail).joined(separator: " ") }
  var isBe: Bool { base == "be" }

  /// - Parameter text: `work`, `write/wrote/written`, `get/got/got up`.
  init(_ text: String) {
    let words = text.words
    let forms = words[0].split(separator: "/").map(String.init)
    base = forms[0]
    past = forms.count > 1 ? forms[1] : Self.regularPast(base)
    participle = forms.count > 2 ? forms[2] : past
    tail = Array(words.dropFirst())
  }

  func present(_ agreement: Agreement) -> String {
    let isThirdSingular = agreement.person == .third && agreement.number == .singular
    switch base {
    case "be":
      if isThirdSingular { return "is" }
      return agreement.person == .first && agreement.number == .singular ? "am" : "are"
    case "have": return isThirdSingular ? "has" : "have"
    default: return isThirdSingular ? Self.thirdPerson(base) : base
    }
  }

  func past(_ agreement: Agreement) -> String {
    guard isBe else { return past }
    let takesWas = agreement.number == .singular && (agreement.person == .third || agreement.person == .first)
    return takesWas ? "was" : "were"
  }

  /// "reading", "taking", "sitting".
  var gerund: String {
    if Self.doublesConsonant.contains(base) { return base + String(base.suffix(1)) + "ing" }
    if base == "lie" { return "lying" }
    let dropsE = base.hasSuffix("e") && !["be", "see"].contains(base)
    return (dropsE ? String(base.dropLast()) : base) + "ing"
  }

  private static let doublesConsonant: Set<String> = [
    "plan", "stop", "swim", "run", "get", "cut", "forget", "begin", "travel",
  ]

  private static func thirdPerson(_ base: String) -> String {
    if base == "go" { return "goes" }
    if let stem = stemBeforeIES(base) { return stem + "ies" }
    return ["s", "sh", "ch", "x", "z"].contains(where: base.hasSuffix) ? base + "es" : base + "s"
  }

  private static func regularPast(_ base: String) -> String {
    if let stem = stemBeforeIES(base) { return stem + "ied" }
    if doublesConsonant.contains(base) { return base + String(base.suffix(1)) + "ed" }
    return base.hasSuffix("e") ? base + "d" : base + "ed"
  }

  private static func stemBeforeIES(_ base: String) -> String? {
    guard base.hasSuffix("y"), let before = base.dropLast().last, !"aeiou".contains(before) else {
      return nil
    }
    return String(base.dropLast())
  }
}
