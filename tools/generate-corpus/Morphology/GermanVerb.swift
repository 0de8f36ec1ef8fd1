/// Conjugation of a German verb.
struct GermanVerb: Sendable {
  enum Reflexive: Sendable { case none, accusative, dative }

  /// "auf" of aufstehen; empty if not separable.
  let particle: String
  /// Without the particle: "stehen", "verkaufen".
  let infinitive: String
  let takesSein: Bool
  let reflexive: Reflexive

  /// - Parameter text: `lesen`, `auf|stehen+sein`, `sich freuen`, `sich3 an|sehen` (sich in the dative).
  init(_ text: String) {
    var verb = text.words
    reflexive = verb[0] == "sich" ? .accusative : verb[0] == "sich3" ? .dative : .none
    if reflexive != .none { verb.removeFirst() }
    takesSein = verb[0].hasSuffix("+sein")
    let parts = (takesSein ? verb[0].dropLast(5) : verb[0][...]).split(separator: "|").map(String.init)
    particle = parts.count > 1 ? parts[0] : ""
    infinitive = parts[parts.count - 1]
  }

  /// "aufstehen".
  var fullInfinitive: String { particle + infinitive }
  /// "aufzustehen", "zu lesen".
  var zuInfinitive: [String] {
    particle.isEmpty ? ["zu", infinitive] : [particle + "zu" + infinitive]
  }

  /// Without its particle.
  func present(_ agreement: Agreement) -> String {
    guard agreement.number == .singular, agreement.person != .formal else {
      return infinitive == "sein" ? "sind" : infinitive
    }
    switch agreement.person {
    case .first: return firstSingular
    case .familiar: return changed(\.familiar) ?? familiarSingular
    default: return changed(\.third) ?? stem + (needsE ? "et" : "t")
    }
  }

  /// Only for the verbs of `GermanIrregularVerb.preterites`.
  func preterite(_ agreement: Agreement) -> String? {
    guard particle.isEmpty, let form = GermanIrregularVerb.preterites[infinitive] else { return nil }
    let endsInE = form.hasSuffix("e")
    switch (agreement.person, agreement.number) {
    case (.familiar, _): return form + "st"
    case (.formal, _), (_, .plural): return form + (endsInE ? "n" : "en")
    default: return form
    }
  }

  var participle: String {
    if let (form, prefix) = irregular.flatMap({ entry in entry.form.participle.map { ($0, entry.prefix) } }) {
      return particle + (prefix.isEmpty ? form : prefix + form.dropFirst(2))
    }
    let takesGe = !infinitive.hasSuffix("ieren") && !hasInseparablePrefix
    return particle + (takesGe ? "ge" : "") + stem + (needsE ? "et" : "t")
  }

  /// The du imperative, without its particle: "lies", "öffne", "fahr".
  var imperative: String {
    if infinitive == "sein" { return "sei" }
    if infinitive.hasSuffix("eln") { return firstSingular }
    if let familiar = changed(\.familiar), let third = changed(\.third), changesToI {
      let hisses = familiar == third
      return String(familiar.dropLast(hisses ? 1 : 2))
    }
    return needsE || infinitive.hasSuffix("ieren") || infinitive.hasSuffix("igen")
      || infinitive.hasSuffix("ern") ? stem + "e" : stem
  }

  private var changesToI: Bool {
    stem.contains("e") && changed(\.familiar)?.contains("i") == true && !stem.contains("ei")
  }

  private var firstSingular: String {
    if infinitive == "sein" { return "bin" }
    if let form = GermanIrregularVerb.preteritePresents[infinitive] { return form }
    if infinitive.hasSuffix("eln") { return infinitive.dropLast(3) + "le" }
    return stem + "e"
  }

  private var familiarSingular: String {
    if needsE { return stem + "est" }
    return stem + (["s", "ß", "z", "x"].contains(where: stem.hasSuffix) ? "t" : "st")
  }

  private var stem: String {
    String(infinitive.hasSuffix("en") ? infinitive.dropLast(2) : infinitive.dropLast())
  }

  /// "arbeitet", "öffnet": an e before the ending.
  private var needsE: Bool {
    ["d", "t", "chn", "ffn", "gn", "dn", "tm"].contains(where: stem.hasSuffix)
  }

  private func changed(_ form: KeyPath<GermanIrregularVerb, String?>) -> String? {
    irregular.flatMap { entry in entry.form[keyPath: form].map { entry.prefix + $0 } }
  }

  /// The irregular verb and the inseparable prefix before it: "verstehen" is "ver" and "stehen".
  private var irregular: (form: GermanIrregularVerb, prefix: String)? {
    if let form = GermanIrregularVerb.all[infinitive] { return (form, "") }
    for prefix in Self.prefixes where infinitive.hasPrefix(prefix) {
      if let form = GermanIrregularVerb.all[String(infinitive.dropFirst(prefix.count))] {
        return (form, prefix)
      }
    }
    return nil
  }

  /// "besuchen", but not "bellen": a verb of two syllables must be left.
  private var hasInseparablePrefix: Bool {
    Self.prefixes.contains { prefix in
      infinitive.hasPrefix(prefix)
        && infinitive.dropFirst(prefix.count).split(whereSeparator: { !"aeiouäöü".contains($0) }).count > 1
    }
  }

  private static let prefixes = ["be", "ver", "er", "ent", "emp", "ge", "zer", "unter", "über"]
}
