import Serving
import Testing

@Suite struct WordPlacesTests {
  @Test(
    arguments: [
      (
        "Ein Hund, ein Haus.", ["Ein", "Hund", ",", "ein", "Haus", "."],
        ["Ein", "Hund", ",", "ein", "Haus", "."]
      ),
      // Case, composition, and what nobody sees.
      (
        "CAFE\u{301} na\u{AD}ive 😀 ok", ["caf\u{E9}", "naive", "😀", "ok"],
        ["CAFE\u{301}", "na\u{AD}ive", "😀", "ok"]
      ),
      // A word that is written otherwise is left out, and the next one is found.
      ("so … and more", ["so", "...", "and", "more"], ["so", nil, "and", "more"]),
      // Not within another word.
      ("étandard an", ["x", "an"], [nil, "an"]),
      ("我喜歡狗。", ["我", "喜歡", "狗", "。"], ["我", "喜歡", "狗", "。"]),
      ("مرحبا بالعالم", ["مرحبا", "بالعالم"], ["مرحبا", "بالعالم"]),
      ("", ["a"], [nil]), ("a", ["", "a", "a"], [nil, "a", nil]),
    ] as [(String, [String], [String?])])
  func wordsAreFound(text: String, words: [String], expected: [String?]) {
    let units = Array(text.utf16)
    let found = wordPlaces(words, in: text).map { $0.map { String(decoding: units[$0], as: UTF16.self) } }
    #expect(found.map { $0.map { Array($0.utf16) } } == expected.map { $0.map { Array($0.utf16) } })
  }
}
