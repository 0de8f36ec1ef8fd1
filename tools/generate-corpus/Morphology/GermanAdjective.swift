/// Degrees and endings of a German adjective.
struct GermanAdjective: Sendable {
  /// After sein: "hoch".
  let predicative: String
  /// Before endings: "hoh".
  private let stem: String
  private let comparativeStem: String
  private let superlativeStem: String

  /// - Parameter text: `neu`, `alt/älter`, `groß/größer/größt`, `hoch:hoh/höher/höchst`.
  init(_ text: String) {
    let forms = text.split(separator: "/").map(String.init)
    let bases = forms[0].split(separator: ":").map(String.init)
    predicative = bases[0]
    stem = bases.count > 1 ? bases[1] : bases[0]
    comparativeStem = forms.count > 1 ? forms[1] : stem.hasSuffix("e") ? stem + "r" : stem + "er"
    let raised = forms.count > 1 ? String(forms[1].dropLast(2)) : predicative
    superlativeStem = forms.count > 2 ? forms[2] : raised + Self.superlativeEnding(raised)
  }

  /// After sein: "schön", "schöner", "am schönsten".
  func predicative(_ degree: Degree) -> [String] {
    switch degree {
    case .positive: [predicative]
    case .comparative: [comparativeStem]
    case .superlative: ["am", superlativeStem + "en"]
    }
  }

  /// Before a noun, with an ending such as "en".
  func attributive(_ degree: Degree, ending: String) -> String {
    let form =
      switch degree {
      case .positive: stem
      case .comparative: comparativeStem
      case .superlative: superlativeStem
      }
    return (form.hasSuffix("e") ? String(form.dropLast()) : form) + ending
  }

  /// -est after d, t and hisses, unless the stress lies before: "spannendst".
  private static func superlativeEnding(_ stem: String) -> String {
    if stem.hasSuffix("end") { return "st" }
    return ["d", "t", "s", "ß", "z", "sch", "eu"].contains(where: stem.hasSuffix) ? "est" : "st"
  }
}
