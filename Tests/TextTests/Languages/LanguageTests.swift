import Testing
import Text

@Suite struct LanguageTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let given: String
    let code: String
    let script: String
    let writing: Language.Writing
    var testDescription: String { given }

    init(_ given: String, _ code: String, _ script: String, _ writing: Language.Writing = .spaced) {
      (self.given, self.code, self.script, self.writing) = (given, code, script, writing)
    }
  }

  static let cases = [
    Case("", "", ""), Case("und", "", ""), Case("en", "en", "Latn"), Case("EN", "en", "Latn"),
    Case("eng", "en", "Latn"), Case("eng_Latn", "en-Latn", "Latn"), Case("pt-BR", "pt-BR", "Latn"),
    Case("pt_br", "pt-BR", "Latn"), Case("fre", "fr", "Latn"), Case("deu", "de", "Latn"),
    Case("ger", "de", "Latn"),
    Case("jpn", "ja", "Jpan", .unspaced), Case("jpn_Jpan", "ja-Jpan", "Jpan", .unspaced),
    Case("ja-Latn", "ja-Latn", "Latn"), Case("ja-Hira", "ja-Hira", "Hira", .unspaced),
    Case("tha", "th", "Thai", .unspaced), Case("lao", "lo", "Laoo", .unspaced),
    Case("lo", "lo", "Laoo", .unspaced),
    Case("khm", "km", "Khmr", .unspaced), Case("khm_Khmr", "km-Khmr", "Khmr", .unspaced),
    Case("mya", "my", "Mymr", .unspaced), Case("bur", "my", "Mymr", .unspaced),
    Case("shn", "shn", "Mymr", .unspaced),
    Case("bod_Tibt", "bo-Tibt", "Tibt", .unspaced), Case("dz", "dz", "Tibt", .unspaced),
    Case("zh", "zh", "Hans", .chinese), Case("ZH-hant-tw", "zh-Hant-TW", "Hant", .chinese),
    Case("cmn", "zh", "Hans", .chinese), Case("cmn_Hant", "zh-Hant", "Hant", .chinese),
    Case("zho_Hans", "zh-Hans", "Hans", .chinese), Case("yue", "yue", "Hant", .chinese),
    Case("yue_Hant", "yue-Hant", "Hant", .chinese), Case("zh-yue", "yue", "Hant", .chinese),
    Case("wuu", "wuu", "Hans", .chinese), Case("zh-Latn-pinyin", "zh-Latn-pinyin", "Latn"),
    Case("kor_Hang", "ko-Hang", "Hang"), Case("kmr", "ku", "Latn"), Case("kmr_Latn", "ku-Latn", "Latn"),
    Case("ckb", "ckb", "Arab"), Case("jav", "jv", "Latn"), Case("jv", "jv", "Latn"),
    Case("loz", "loz", "Latn"), Case("myv", "myv", "Cyrl"),
    Case("kmb", "kmb", "Latn"), Case("zha", "za", "Latn"), Case("swa", "sw", "Latn"),
    Case("swh", "sw", "Latn"),
    Case("arb", "ar", "Arab"), Case("azj", "az", "Latn"), Case("iw", "he", "Hebr"),
    Case("sh", "sr-Latn", "Latn"),
    Case("sh-Cyrl", "sr-Cyrl", "Cyrl"), Case("sr-Cyrl", "sr-Cyrl", "Cyrl"), Case("tlh", "tlh", ""),
    Case("en-001", "en-001", "Latn"), Case("es-419", "es-419", "Latn"), Case("de-1996", "de-1996", "Latn"),
  ]

  @Test(arguments: cases) func codesAreUnderstood(_ item: Case) throws {
    let language = try Language(code: item.given)
    #expect(language.code == item.code && language.script == item.script && language.writing == item.writing)
    #expect(language.isKnown && Language(stored: item.given) == language)
    // A canonical code stays what it is.
    #expect(try Language(code: language.code) == language)
  }

  @Test func differentCodesOfALanguageAreEqual() throws {
    #expect(try Language(code: "jpn") == Language(code: "ja"))
    #expect(try Language(code: "zho_Hans") == Language(code: "zh-Hans"))
    #expect(try Language(code: "ger") == Language(code: "deu"))
    #expect(try Language(code: "ja") != Language(code: "jv"))
  }

  @Test func scriptAloneDoesNotMakeALanguageKnown() throws {
    let language = try Language(code: "xyz_Latn")
    #expect(!language.isKnown && language.script == "Latn" && language.warning != nil)
    #expect(try Language(code: "zh-TW").script == "Hant" && Language(code: "zh-CN").script == "Hans")
  }

  /// Codes of ISO 639-3 that ICU does not know are taken, with a warning.
  @Test(arguments: ["quy", "azb", "qaa", "xyz", "lom", "thv"]) func unknownLanguageIsAWarning(code: String)
    throws
  {
    let language = try Language(code: code)
    #expect(!language.isKnown && language.code == code && language.writing == .spaced)
    #expect(try #require(language.warning).contains("unknown to ICU"))
  }

  @Test(arguments: [
    ("shn", "Burmese"), ("kar-Mymr", "ICU"), ("nod", "Lana"), ("bo", "Tibt"), ("dz", "Tibt"),
    ("jv-Java", "Java"),
  ])
  func missingDictionaryIsAWarning(code: String, words: String) throws {
    #expect(try #require(try Language(code: code).warning).contains(words))
  }

  @Test(arguments: [
    "", "en", "ja", "zh", "yue", "th", "lao", "khm", "mya", "ko", "kmr", "jv", "hi", "sr-Cyrl",
  ])
  func languageWithRulesHasNoWarning(code: String) throws { #expect(try Language(code: code).warning == nil) }

  @Test(arguments: [
    ("english", "did you mean 'en'?"), ("English", "did you mean 'en'?"), ("turkish", "did you mean 'tr'?"),
    ("deutsch", "did you mean 'de'?"), ("日本語", "did you mean 'ja'?"), ("Português", "did you mean 'pt'?"),
    ("en;x", "did you mean 'en'?"), ("de_DE.UTF-8", "did you mean 'de-DE'?"), ("zz", "ISO 639"),
    ("zz-nonsense", "ISO 639"), ("nonsense", "ISO 639"), ("x", "ISO 639"), ("x-foo", "ISO 639"),
    ("12", "ISO 639"),
    ("en-", "did you mean 'en'?"), (" en", "ISO 639"), ("en de", "did you mean 'en'?"),
    ("eng-lish-of-sorts", "no script 'Lish'"), ("de-XQ", "no region 'XQ'"), ("root", "ISO 639"),
    (String(repeating: "a", count: 300), "ISO 639"), ("en\u{0}", "did you mean 'en'?"),
  ])
  func whatIsNoLanguageIsRefused(code: String, words: String) {
    #expect { try Language(code: code) } throws: { error in
      "\(error)".contains("'\(code)'") && "\(error)".contains(words)
    }
    #expect(Language(stored: code) == .none)
  }

  @Test func settingsGetCanonicalCodes() throws {
    var settings = TextPipelineSettings()
    (settings.sourceLanguage, settings.targetLanguage) = ("jpn_Jpan", "fre")
    let canonical = try settings.withCanonicalLanguages()
    #expect(canonical.sourceLanguage == "ja-Jpan" && canonical.targetLanguage == "fr")
    (settings.sourceLanguage, settings.targetLanguage) = ("nod", "shn")
    #expect(settings.languageWarnings.count == 2)
    #expect(settings.languageWarnings[0].hasPrefix("the source language 'nod' is written without spaces"))
    settings.tokenizer = .whitespace
    #expect(settings.languageWarnings.isEmpty)
    settings.sourceLanguage = "turkish"
    #expect(throws: LanguageError.self) { try settings.withCanonicalLanguages() }
  }
}
