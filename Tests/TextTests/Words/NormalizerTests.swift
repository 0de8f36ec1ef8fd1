import Testing
import Text

@Suite struct NormalizerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let normalizer: Normalizer
    let line: String
    let result: String
    var testDescription: String {
      "\(normalizer.form) \(normalizer.lowercase) \(normalizer.language): \(line.debugDescription)"
    }
  }

  static let cases = [
    Case(normalizer: Normalizer(form: .nfc), line: "e\u{301}té", result: "été"),
    Case(normalizer: Normalizer(form: .nfc), line: "\u{212B} ﬁ Ａ", result: "\u{C5} ﬁ Ａ"),
    Case(normalizer: Normalizer(form: .nfc), line: "\u{1100}\u{1161}", result: "\u{AC00}"),
    Case(normalizer: Normalizer(form: .nfkc), line: "ﬁ Ａ\u{A0}²…", result: "fi A 2..."),
    Case(
      normalizer: Normalizer(form: .nfkc), line: "\u{FDFA}\u{FDFA}",
      result: "صلى الله عليه وسلمصلى الله عليه وسلم"),
    Case(normalizer: Normalizer(form: .none), line: "e\u{301} ﬁ", result: "e\u{301} ﬁ"),
    Case(normalizer: Normalizer(form: .none, lowercase: true), line: "E\u{301} Ä", result: "e\u{301} ä"),
    Case(normalizer: Normalizer(lowercase: true), line: "HELLO İ", result: "hello i\u{307}"),
    Case(normalizer: Normalizer(lowercase: true), line: "ΟΔΟΣ ΣΑΣ", result: "οδος σας"),
    Case(normalizer: Normalizer(lowercase: true, language: "tr"), line: "ILIK İZMİR", result: "ılık izmir"),
    Case(normalizer: Normalizer(lowercase: true, language: "tr-TR"), line: "I", result: "ı"),
    Case(normalizer: Normalizer(lowercase: true, language: "TR_tr"), line: "I", result: "ı"),
    Case(normalizer: Normalizer(lowercase: true, language: "az"), line: "I", result: "ı"),
    Case(normalizer: Normalizer(lowercase: true, language: "de"), line: "I ẞ", result: "i ß"),
    Case(normalizer: Normalizer(form: .nfkc, lowercase: true), line: "ℌ™", result: "htm"),
  ]

  @Test(arguments: cases)
  func lineTakesItsForm(_ item: Case) {
    let result = item.normalizer.normalize(Array(item.line.utf8))
    #expect(result == Array(item.result.utf8), "\(String(decoding: result, as: UTF8.self).debugDescription)")
  }

  static let normalizers = NormalizationForm.allCases.flatMap { form in
    [("", false), ("", true), ("tr", true), ("lt", true), ("el", true)].map {
      Normalizer(form: form, lowercase: $0.1, language: $0.0)
    }
  }

  @Test(arguments: normalizers)
  func normalizingAgainChangesNothing(_ normalizer: Normalizer) {
    var random = NastyText(seed: 5)
    for _ in 0..<2_000 {
      let line = random.nextLine()
      let once = normalizer.normalize(line)
      #expect(String(validating: once, as: UTF8.self) != nil)
      #expect(normalizer.normalize(once) == once, "\(line)")
    }
  }

  /// The standard library compares strings by canonical equivalence.
  @Test func composedTextIsEquivalentToTheLine() {
    var random = NastyText(seed: 6)
    for _ in 0..<5_000 {
      let line = random.nextLine()
      let result = Normalizer(form: .nfc).normalize(line)
      #expect(String(decoding: result, as: UTF8.self) == String(decoding: line, as: UTF8.self), "\(line)")
    }
  }

  /// Longer than the part of a line that is passed to ICU in one call.
  @Test(arguments: ["e\u{301}t ", "e\u{301}", "ΟΔΟΣ "])
  func immenseLineIsNormalizedLikeItsParts(_ part: String) {
    let normalizer = Normalizer(lowercase: true)
    let result = normalizer.normalize(Array(String(repeating: part, count: 700_000).utf8))
    let once = normalizer.normalize(Array(part.utf8))
    #expect(result == Array(repeatElement(once, count: 700_000).joined()))
  }

  /// A text of 60,000 characters grows longer than the part of a line that is passed to ICU in one call.
  @Test func immenseLineMayGrow() {
    let normalizer = Normalizer(form: .nfkc, lowercase: true)
    let line = Array(String(repeating: "\u{FDFA}", count: 60_000).utf8)
    let once = normalizer.normalize(Array("\u{FDFA}".utf8))
    #expect(normalizer.normalize(line) == Array(repeatElement(once, count: 60_000).joined()))
  }

  @Test func invalidBytesAreReplacedWhereTextChanges() {
    #expect(Normalizer(form: .nfkc).normalize([0x61, 0xFF, 0xC3]) == Array("a\u{FFFD}\u{FFFD}".utf8))
  }
}
