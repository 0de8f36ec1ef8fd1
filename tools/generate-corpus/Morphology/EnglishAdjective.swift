/// Degrees of an English adjective.
struct EnglishAdjective: Sendable {
  let base: String
  private let comparative: String
  private let superlative: String

  /// - Parameter text: the positive, or `good/better/best`.
  init(_ text: String) {
    let forms = text.split(separator: "/").map(String.init)
    base = forms[0]
    if forms.count == 3 {
      comparative = forms[1]
      superlative = forms[2]
    } else if let stem = Self.shortStem(base) {
      comparative = stem + "er"
      superlative = stem + "est"
    } else {
      comparative = "more " + base
      superlative = "most " + base
    }
  }

  func form(_ degree: Degree) -> String {
    switch degree {
    case .positive: base
    case .comparative: comparative
    case .superlative: superlative
    }
  }

  /// The stem before -er; nil for words that take "more".
  private static func shortStem(_ word: String) -> String? {
    let vowelGroups = word.split(whereSeparator: { !"aeiouy".contains($0) }).count
    let silentE = word.hasSuffix("e")
    guard vowelGroups - (silentE ? 1 : 0) == 1 || (word.hasSuffix("y") && vowelGroups == 2) else {
      return ["clever", "quiet"].contains(word) ? word : nil
    }
    if silentE { return String(word.dropLast()) }
    if word.hasSuffix("y") { return word.dropLast() + "i" }
    return ["big", "hot", "sad", "red"].contains(word) ? word + String(word.suffix(1)) : word
  }
}
