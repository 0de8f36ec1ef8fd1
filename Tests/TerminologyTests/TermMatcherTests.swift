import Terminology
import Testing
import Text

@Suite struct TermMatcherTests {
  static let glossary = Glossary([
    .init(source: "valve", targets: ["Ventil"]),
    .init(source: "safety valve", targets: ["Sicherheitsventil"]),
    .init(source: "heart", targets: ["Herz"]), .init(source: "STRASSE", targets: ["street"]),
    .init(source: "car", targets: ["Auto"]), .init(source: "ox", targets: ["Ochse"]),
    .init(source: "電話", targets: ["telephone"]), .init(source: "Café", targets: ["Kaffeehaus"]),
  ])

  func found(_ text: String, _ mode: TermMatcher.Mode = .exact) -> [String] {
    let bytes = Array(text.utf8)
    return TermMatcher(Self.glossary, language: "en", mode: mode).matches(in: bytes)
      .map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test(arguments: [
    ("The valve, the Valve and the VALVES", ["valve", "Valve"]),
    ("a safety valve and a safety-valve", ["safety valve", "safety-valve"]),
    ("safety, valve", ["valve"]), ("bivalve valves", []), ("Straße", ["Straße"]),
    ("the cafe\u{301}", ["cafe\u{301}"]), ("彼は電話をした", ["電話"]), ("", []),
  ])
  func wordsAreFoundWhole(text: String, expected: [String]) {
    #expect(found(text) == expected)
  }

  @Test(arguments: [
    ("two valves", ["valves"]), ("hearts hearty hear heartbeats", ["hearts", "hearty", "hear"]), ("val", []),
    ("cars care cart scar car", ["cars", "car"]), ("oxen ox", ["ox"]),
  ])
  func stemsFindInflectedForms(text: String, expected: [String]) { #expect(found(text, .stem) == expected) }

  @Test func ofEqualTermsTheLastCounts() {
    let glossary = Glossary([.init(source: "a b", targets: ["x"]), .init(source: "A B", targets: ["y"])])
    #expect(TermMatcher(glossary, language: "").matches(in: Array("a b".utf8)).map(\.term) == [1])
  }

  @Test func aFormStandsForOneTerm() {
    let check = TermCheck(language: "de")
    let terms = [["Ventil", "Klappe"], ["Ventil"]]
    #expect(check.found(terms, in: "Das Ventil.") == ["Ventil", nil])
    #expect(check.found(terms, in: "Die Klappe und das Ventil") == ["Klappe", "Ventil"])
    #expect(check.found([["Ventil"], ["Ventil"]], in: "Ventil neben VENTIL") == ["Ventil", "Ventil"])
    #expect(check.found([["ventil"]], in: "Ventile") == [nil])
    #expect(check.found([["→"], []], in: "a → b") == ["→", nil])
  }

  @Test func inflectedFormsCountIfThatIsWanted() {
    let check = TermCheck(language: "de", acceptsForms: true)
    #expect(check.found([["Ventil"]], in: "Die Ventile klemmen.") == ["Ventile"])
    #expect(check.found([["Ventil"]], in: "Die Ventile am VENTIL") == ["Ventil"])
    #expect(check.found([["blaues Ventil"]], in: "mit blauem Ventils.") == ["blauem Ventils"])
    #expect(check.found([["Ventil"]], in: "Ventilatoren") == [nil])
  }
}
