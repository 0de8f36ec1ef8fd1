import LanguageIdentification
import Testing

@Suite struct LetterTextTests {
  let families = ScriptFamilies()

  /// Words with `_` for boundaries.
  func letters(_ text: String) -> String {
    let units = LetterText(Array(text.utf8), families).units
    return String(decoding: units, as: UTF16.self).replacing(" ", with: "_")
  }

  @Test(arguments: [
    ("", "_"), ("Der Fluß.", "_der_fluß_"), ("a1b", "_a_b_"), ("l'eau", "_l_eau_"), ("co-op", "_co_op_"),
    ("İstanbul", "_istanbul_"), ("e\u{301}te\u{301}", "_été_"), ("soft\u{AD}hyphen", "_softhyphen_"),
    ("and/or", "_and_or_"), ("see README.txt now", "_see_now_"), ("x < y", "_x_y_"),
    ("a<b>c</b>d", "_a_c_d_"),
    ("Tom &amp; Ann", "_tom_ann_"), ("R&D", "_r_d_"), ("end. Start", "_end_start_"), ("key=value is", "_is_"),
    ("мирworld", "_мир_world_"), ("我在https://example.org看", "_我在_看_"), ("コーヒー", "_コーヒー_"),
  ])
  func lettersAreCutIntoWords(text: String, expected: String) {
    #expect(letters(text) == expected)
  }

  @Test func marksBelongToTheirLetters() {
    #expect(letters("नमस्ते") == "_नमस्ते_")
    #expect(letters("\u{301}") == "_")
  }

  @Test func groupsOfLettersStayWithinWords() {
    let text = LetterText(Array("ab c".utf8), families)
    let latin = families.names.firstIndex(of: ["Latn"])
    var found: [UInt32] = []
    Ngrams.forEach(text, latin ?? 0) { found.append($0) }
    let expected = ["a", " a", "b", "ab", " ab", "b ", "ab ", " ab ", "c", " c", "c ", " c "]
    let fingerprints = expected.map { text in
      Ngrams.fingerprint(text.utf16.reduce(0) { $0 << 16 | UInt64($1) })
    }
    #expect(found == fingerprints)
  }

  @Test func theIndexFindsEveryRow() {
    let fingerprints = (0..<3000).map { UInt32(truncatingIfNeeded: $0 &* 2_654_435_761) }
    let index = NgramIndex(fingerprints)
    #expect(fingerprints.indices.allSatisfy { index.row(of: fingerprints[$0]) == $0 })
    #expect(index.row(of: 7) == -1)
    #expect(NgramIndex([]).row(of: 7) == -1)
  }
}
