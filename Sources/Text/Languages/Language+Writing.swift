extension Language {
  /// How words are told apart in writing.
  public enum Writing: Sendable {
    /// By spaces; also if the script is unknown.
    case spaced
    /// Not at all, in Chinese characters.
    case chinese
    /// Not at all, in another script: Japanese, Thai, Lao, Khmer, Burmese, Tibetan and others.
    case unspaced
  }

  /// How words are told apart in the script of the language.
  public var writing: Writing {
    if Self.chineseScripts.contains(script) { return primary == "ja" ? .unspaced : .chinese }
    if script == "Jpan" || Self.dictionaries[script] != nil { return .unspaced }
    return Self.withoutDictionary.contains(script) ? .unspaced : .spaced
  }

  /// Why ICU finds words of this language badly, as the end of a sentence that begins with the code; nil if it does not.
  ///
  /// It concerns only ``ICUTokenizer``.
  public var warning: String? {
    guard isKnown else {
      return
        "is unknown to ICU, which treats it like any language of its script; check that the code is right"
    }
    if Self.withoutDictionary.contains(script) {
      return "is written without spaces in the script \(script), for which ICU has no dictionary; "
        + "split the text into words with another program and give '--tokenizer whitespace'"
    }
    if let owner = Self.dictionaries[script], let owner, owner.code != primary {
      return
        "is written in the script \(script), in which ICU finds words by its dictionary of \(owner.name); "
        + "if that does not suit, split the text into words with another program and give '--tokenizer whitespace'"
    }
    return nil
  }

  private static let chineseScripts: Set<String> = ["Hans", "Hant", "Hani", "Hanb", "Bopo"]

  /// Scripts without spaces between words for which ICU has a dictionary, with the language that it is of; nil if the
  /// script is that of one language only.
  private static let dictionaries: [String: (code: String, name: String)?] = [
    "Hira": nil, "Kana": nil, "Hrkt": nil, "Thai": ("th", "Thai"), "Laoo": ("lo", "Lao"),
    "Khmr": ("km", "Khmer"), "Mymr": ("my", "Burmese"),
  ]

  /// Scripts without spaces between words for which it has none.
  ///
  /// Source: The Unicode Standard 15, chapters 13, 16 and 17; scripts that are written with spaces today are left out.
  private static let withoutDictionary: Set<String> = [
    "Tibt", "Lana", "Tale", "Talu", "Tavt", "Ahom", "Java", "Bali",
  ]
}
