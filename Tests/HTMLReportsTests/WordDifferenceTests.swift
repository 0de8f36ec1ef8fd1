import HTMLReports
import Testing

@Suite struct WordDifferenceTests {
  @Test(
    arguments: [
      ("the cat sat", "the dog sat", [.same("the"), .missing("cat"), .added("dog"), .same("sat")]),
      ("a b c", "a b c", [.same("a b c")]), ("", "", []), ("a", "", [.missing("a")]),
      ("", "a  b", [.added("a b")]),
      ("a b c d", "b c d e", [.missing("a"), .same("b c d"), .added("e")]),
      ("x a b y", "x b a y", [.same("x"), .missing("a"), .same("b"), .added("a"), .same("y")]),
    ] as [(String, String, [WordDifference.Part])])
  func partsAreThoseOfTheLongestCommonSequence(
    _ reference: String, _ translation: String, _ parts: [WordDifference.Part]
  ) {
    #expect(WordDifference(reference: reference, translation: translation).parts == parts)
  }

  @Test(arguments: [
    ("a dog.", "a cat.", "a <del>dog</del> <ins>cat</ins>."),
    ("我喜歡狗。", "我喜歡貓。", "我喜歡<del>狗</del><ins>貓</ins>。"),
    (
      "it's a well-known fact", "it is a well-known fact",
      "<del>it&#39;s</del> <ins>it is</ins> a well-known fact"
    ),
    ("a b", "", "<del>a b</del>"), ("(x)", "(y)", "(<del>x</del><ins>y</ins>)"),
  ]) func marksKeepSpaces(_ reference: String, _ translation: String, _ markup: String) {
    #expect(WordDifference(reference: reference, translation: translation).html.markup == markup)
  }

  @Test func bothTextsCanBeReadOff() {
    var state = 7
    func words(_ count: Int) -> [String] {
      (0..<count).map { _ in
        state = state * 1_103_515_245 & 0x7FFF_FFFF &+ 12345
        return ["a", "b", "c"][state >> 8 % 3]
      }
    }
    for count in 0..<40 {
      let (old, new) = (words(count), words(count * 7 % 13))
      let difference = WordDifference(
        reference: old.joined(separator: " "), translation: new.joined(separator: " "))
      var (reference, translation): ([String], [String]) = ([], [])
      for part in difference.parts {
        switch part {
        case .same(let text): (reference, translation) = (reference + [text], translation + [text])
        case .added(let text): translation.append(text)
        case .missing(let text): reference.append(text)
        }
      }
      #expect(reference.joined(separator: " ") == old.joined(separator: " "))
      #expect(translation.joined(separator: " ") == new.joined(separator: " "))
      // The longest common sequence, by trying.
      #expect(
        difference.similarity
          == (old.isEmpty && new.isEmpty
            ? 1 : 2 * Double(common(old[...], new[...])) / Double(old.count + new.count)))
    }
  }

  @Test func longTextsTakeNoTime() {
    let old = (0..<20_000).map { "a\($0)" }.joined(separator: " ")
    let difference = WordDifference(reference: "x " + old, translation: "y " + old)
    #expect(difference.parts.first == .missing("x") && difference.parts.last == .same(old))
  }

  private func common(_ old: ArraySlice<String>, _ new: ArraySlice<String>) -> Int {
    var best = [Int](repeating: 0, count: new.count + 1)
    for word in old {
      var diagonal = 0
      for (place, other) in new.enumerated() {
        let above = best[place + 1]
        best[place + 1] = word == other ? diagonal + 1 : max(above, best[place])
        diagonal = above
      }
    }
    return best[new.count]
  }
}
