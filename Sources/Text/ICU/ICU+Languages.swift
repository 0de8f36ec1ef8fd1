import CICU

/// Safe wrappers of ICU's functions on language codes.
extension ICU {
  /// A part of a locale.
  enum LocalePart: Int32 {
    case language = 0
    case script = 1
    case region = 2
    /// The whole locale as a BCP 47 code.
    case tag = 3
    /// The whole locale, with its likely script and region.
    case likely = 4
  }

  /// ICU's locale for a BCP 47 code; nil if the code is malformed.
  static func locale(of code: String) -> String? {
    string { result in unsafe icu_language_locale(code, &result) }
  }

  /// A part of a locale; nil if it has none.
  static func part(_ part: LocalePart, of locale: String) -> String? {
    let text = string { result in unsafe icu_language_part(locale, part.rawValue, &result) }
    return text?.isEmpty == true ? nil : text
  }

  /// The code by which CLDR replaces a language code, such as `zh` for `cmn`.
  static func replacement(of language: String) -> String? {
    string { result in unsafe icu_language_replacement(language, &result) }
  }

  /// The name of a language in a language; nil if ICU does not know it.
  static func name(of language: String, in other: String) -> String? {
    string { result in unsafe icu_language_name(language, other, &result) }
  }

  /// The codes of the languages that ICU lists.
  static var languages: [String] {
    var codes: [String] = []
    while let code = unsafe icu_language_at(Int32(codes.count)) { unsafe codes.append(String(cString: code)) }
    return codes
  }

  /// Whether a code is that of a script.
  static func isScript(_ code: String) -> Bool { unsafe icu_is_script(code) != 0 }

  /// Whether a code is that of a region.
  static func isRegion(_ code: String) -> Bool { unsafe icu_is_region(code) != 0 }

  /// Calls a function that writes a string; nil if it returns 0.
  private static func string(_ write: (inout [CChar]) -> Int32) -> String? {
    var result = [CChar](repeating: 0, count: Int(ICU_LANGUAGE_CAPACITY))
    guard write(&result) != 0 else { return nil }
    return String(decoding: result.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
  }
}
