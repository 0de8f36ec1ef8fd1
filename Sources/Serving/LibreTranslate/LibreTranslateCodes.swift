import Text

/// The codes of languages that LibreTranslate's clients use, which differ from BCP 47 in a few aliases.
enum LibreTranslateCodes {
  /// Written forms by our codes.
  private static let written = ["zh": "zh-Hans", "zh-TW": "zh-Hant", "pt-BR": "pt-BR"]
  /// Our codes by aliases, in lower case.
  private static let aliases = ["pb": "pt-BR", "zt": "zh-Hant", "zh": "zh-Hans"]

  /// The code that clients know for a language.
  static func code(of language: Language) -> String { written[language.code] ?? language.code }

  /// What a client's code means, as a code of BCP 47.
  static func meaning(of code: String) -> String { aliases[code.lowercased()] ?? code }
}
