import Evaluation
import Testing

/// Compares the tokenizers 13a and zh, which pass over a line once, with their rules applied one after the other.
@Suite struct PunctuationTests {
  /// A thousand pairs of lines of up to 12 characters with many marks next to each other.
  static let pairs = makePairs(".,.,--\"3505ab é\u{3000}\u{a0}'我")
  static let internationalPairs = makePairs(".,-«…»_€+7٣½a é\u{3000}我。")

  private static func makePairs(_ alphabet: String) -> [(String, String)] {
    var state: UInt64 = 5
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let characters = Array(alphabet)
    func line() -> String { String((0..<next(13)).map { _ in characters[next(characters.count)] }) }
    return (0..<1000).map { _ in (line(), line()) }
  }

  /// The rules as sacreBLEU has them.
  private func separated(_ line: String) -> String {
    var text = line.replacing(/[!-&(-+\/:-@\[-`{-~]/.matchingSemantics(.unicodeScalar)) { " \($0.output) " }
    text = text.replacing(/([^0-9])([.,])/.matchingSemantics(.unicodeScalar)) {
      "\($0.output.1) \($0.output.2) "
    }
    text = text.replacing(/([.,])([^0-9])/.matchingSemantics(.unicodeScalar)) {
      " \($0.output.1) \($0.output.2)"
    }
    return text.replacing(/([0-9])(-)/.matchingSemantics(.unicodeScalar)) {
      "\($0.output.1) \($0.output.2) "
    }
  }

  /// A line without white space at its ends.
  private func trimmed(_ line: String, atStart: Bool) -> String {
    let blank: Set<Unicode.Scalar> = [" ", "\u{3000}", "\u{a0}"]
    var scalars = Array(line.unicodeScalars)
    while let last = scalars.last, blank.contains(last) { scalars.removeLast() }
    if atStart { while let first = scalars.first, blank.contains(first) { scalars.removeFirst() } }
    return scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
  }

  private func counts(_ tokenization: BLEU.Tokenization, _ a: String, _ b: String) -> SegmentStatistics {
    BLEU(tokenization: tokenization).statistics(hypotheses: [Array(a.utf8)], references: [[Array(b.utf8)]])
  }

  @Test func europeanText() {
    for (a, b) in Self.pairs {
      let (x, y) = (
        separated(" \(trimmed(a, atStart: false)) "), separated(" \(trimmed(b, atStart: false)) ")
      )
      #expect(counts(.mteval13a, a, b) == counts(.none, x, y), "'\(a)', '\(b)'")
    }
  }

  @Test func chineseText() {
    func spaced(_ line: String) -> String {
      separated(
        trimmed(line, atStart: true).unicodeScalars.map { $0.value > 0x2E80 ? " \($0) " : "\($0)" }.joined())
    }
    for (a, b) in Self.pairs {
      #expect(counts(.chinese, a, b) == counts(.none, spaced(a), spaced(b)), "'\(a)', '\(b)'")
    }
  }

  @Test func textOfAllScripts() {
    func spaced(_ line: String) -> String {
      var text = trimmed(line, atStart: false).replacing(/(\P{N})(\p{P})/.matchingSemantics(.unicodeScalar)) {
        "\($0.output.1) \($0.output.2) "
      }
      text = text.replacing(/(\p{P})(\P{N})/.matchingSemantics(.unicodeScalar)) {
        " \($0.output.1) \($0.output.2)"
      }
      return text.replacing(/\p{S}/.matchingSemantics(.unicodeScalar)) { " \($0.output) " }
    }
    for (a, b) in Self.internationalPairs {
      #expect(counts(.international, a, b) == counts(.none, spaced(a), spaced(b)), "'\(a)', '\(b)'")
    }
  }

  @Test func whiteSpaceAtTheEndIsRemoved() {
    for (line, rest) in [
      ("a b", "a b"), ("a \t", "a"), ("ä\u{a0}\u{3000}", "ä"), (" ", ""), ("", ""), ("我\u{85}", "我"),
    ] {
      #expect(trimmingEnd(Array(line.utf8)) == Array(rest.utf8))
    }
    #expect(trimmingEnd([0x61, 0xFF, 0xA0]) == [0x61, 0xFF, 0xA0])
  }
}
