/// A language, as ICU understands its code.
///
/// A code is one of BCP 47, with `-` or `_` between its parts: `de`, `pt-BR`, `zh-Hant`, and with the codes of three
/// letters that corpora use, `jpn`, `cmn`, `jpn_Jpan`. Different codes of a language are equal.
///
/// Source: IETF BCP 47; Unicode Technical Standard 35, part 1, "Canonical Unicode Locale Identifiers" and "Likely
/// Subtags".
public struct Language: Sendable, Hashable {
  /// The canonical code, as briefly as possible: `ja` for `jpn`, `zh-Hans` for `zho_Hans`; empty for no particular
  /// language.
  public let code: String
  /// The code of the language alone: `zh` for `zh-Hans` and for `cmn`.
  public let primary: String
  /// The script in which the language is written, as an ISO 15924 code: that of the code, or otherwise the likely one;
  /// empty if it is unknown.
  public let script: String
  /// Whether ICU knows anything about the language; it does not know all of the 8,000 in ISO 639-3.
  public let isKnown: Bool

  /// No particular language.
  public static let none = Language(code: "", primary: "", script: "", isKnown: true)

  private init(code: String, primary: String, script: String, isKnown: Bool) {
    (self.code, self.primary, self.script, self.isKnown) = (code, primary, script, isKnown)
  }

  /// The language of a code that someone gave.
  ///
  /// - Parameter code: see ``Language``; empty or `und` for no particular language.
  /// - Throws: ``LanguageError``, with the code that may be meant.
  public init(code: String) throws(LanguageError) {
    guard !code.isEmpty, code.lowercased() != "und" else {
      self = .none
      return
    }
    // In C, a zero byte would end the code.
    guard !code.utf8.contains(0), let locale = ICU.locale(of: code),
      let given = ICU.part(.language, of: locale),
      2...3 ~= given.utf8.count
    else { throw LanguageError(code: code, problem: .notACode, suggestion: Self.suggestion(for: code)) }
    self.init(locale: Self.replaced(given, in: locale))
    if let script = ICU.part(.script, of: locale), !ICU.isScript(script) {
      throw LanguageError(code: code, problem: .unknownScript(script), suggestion: primary)
    }
    if let region = ICU.part(.region, of: locale), !ICU.isRegion(region) {
      throw LanguageError(code: code, problem: .unknownRegion(region), suggestion: primary)
    }
    // All codes of two letters are known, but not all of three.
    if !isKnown, given.utf8.count == 2 {
      throw LanguageError(code: code, problem: .unknownLanguage, suggestion: Self.suggestion(for: code))
    }
  }

  /// The language of a code in a file, which earlier versions wrote without checking it; ``none`` if there is no such
  /// language.
  public init(stored code: String) { self = (try? Language(code: code)) ?? .none }

  private init(locale: String) {
    let language = ICU.part(.language, of: locale) ?? ""
    // The likely script may depend on the region: Traditional characters in Taiwan.
    let script = ICU.part(.likely, of: locale).flatMap { ICU.part(.script, of: $0) }
    let hasLikelyScript = ICU.part(.likely, of: language).map { ICU.part(.script, of: $0) != nil } ?? false
    self.init(
      code: ICU.part(.tag, of: locale) ?? language, primary: language, script: script ?? "",
      isKnown: hasLikelyScript || ICU.name(of: language, in: "en") != nil)
  }

  /// The locale with its language replaced by that which CLDR prefers.
  private static func replaced(_ language: String, in locale: String) -> String {
    guard let replacement = ICU.replacement(of: language) else { return locale }
    // Those few that bring a script, such as sr_Latn for sh, yield to a script that is given.
    let parts = replacement.split(separator: "_", maxSplits: 1)
    let hasScript = ICU.part(.script, of: locale) != nil
    let beginning = hasScript ? parts.first.map(String.init) ?? replacement : replacement
    return beginning + locale.drop { $0 != "_" && $0 != "@" }
  }
}
