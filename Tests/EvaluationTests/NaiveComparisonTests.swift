import Evaluation
import Testing

/// Compares with naive counting, on random sentences from few words, so that there are many repetitions.
@Suite struct NaiveComparisonTests {
  /// Two hundred pairs of sentences of up to 14 words from a vocabulary of 5.
  static let pairs: [(hypothesis: [String], reference: [String])] = {
    var state: UInt64 = 42
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let words = ["a", "bb", "ab", "bba", "ä"]
    func sentence() -> [String] { (0..<next(15)).map { _ in words[next(words.count)] } }
    return (0..<200).map { _ in (sentence(), sentence()) }
  }()

  private func bytes(_ words: [String]) -> [UInt8] { Array(words.joined(separator: " ").utf8) }

  private func windows<Element: Hashable>(_ tokens: [Element], _ order: Int) -> [[Element]: Int] {
    guard tokens.count >= order else { return [:] }
    return (0...tokens.count - order).reduce(into: [:]) {
      $0[Array(tokens[$1..<$1 + order]), default: 0] += 1
    }
  }

  private func matches<Key>(_ a: [Key: Int], _ b: [Key: Int]) -> Int {
    a.reduce(0) { $0 + min($1.value, b[$1.key] ?? 0) }
  }

  @Test func bleuCountsEveryNgram() throws {
    for (hypothesis, reference) in Self.pairs {
      let score = BLEU(tokenization: .none).score(
        hypotheses: [bytes(hypothesis)], references: [[bytes(reference)]])
      guard case .bleu(let details) = score.details else { throw BLEUDetailsTests.UnexpectedDetails() }
      for order in 1...4 {
        let expected = matches(windows(hypothesis, order), windows(reference, order))
        #expect(details.matches[order - 1] == expected)
        #expect(details.totals[order - 1] == max(0, hypothesis.count - order + 1))
      }
    }
  }

  @Test func chrFIsTheFScoreOfItsDefinition() {
    for (hypothesis, reference) in Self.pairs {
      let (a, b) = (Array(hypothesis.joined().unicodeScalars), Array(reference.joined().unicodeScalars))
      var (precision, recall, orders) = (0.0, 0.0, 0.0)
      for order in 1...6 where a.count >= order && b.count >= order {
        let common = Double(matches(windows(a, order), windows(b, order)))
        precision += common / Double(a.count - order + 1)
        recall += common / Double(b.count - order + 1)
        orders += 1
      }
      (precision, recall) = (precision / max(1, orders), recall / max(1, orders))
      let expected = precision + recall > 0 ? 500 * precision * recall / (4 * precision + recall) : 0
      let score = ChrF().score(hypotheses: [bytes(hypothesis)], references: [[bytes(reference)]])
      #expect(abs(score.value - expected) < 1e-9, "\(hypothesis), \(reference)")
    }
  }

  private func levenshtein(_ a: [String], _ b: [String]) -> Int {
    var row = Array(0...b.count)
    for i in a.indices {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        (diagonal, row[j + 1]) = (
          row[j + 1], min(row[j + 1] + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
        )
      }
    }
    return row[b.count]
  }

  @Test func shiftsNeverCostMoreThanPlainEdits() throws {
    var saved = 0
    for (hypothesis, reference) in Self.pairs {
      let score = TER().score(hypotheses: [bytes(hypothesis)], references: [[bytes(reference)]])
      guard case .ter(let edits, let length) = score.details else {
        throw BLEUDetailsTests.UnexpectedDetails()
      }
      let plain = levenshtein(hypothesis, reference)
      #expect(edits <= plain)
      // A shift only moves words, so it cannot replace insertions and deletions.
      let common = matches(windows(hypothesis, 1), windows(reference, 1))
      #expect(edits >= max(hypothesis.count, reference.count) - common)
      #expect(length == Double(reference.count))
      saved += plain - edits
    }
    #expect(saved > 0)
  }

  @Test func whatIsEqualIsPerfect() {
    for (sentence, _) in Self.pairs where !sentence.isEmpty {
      let lines = [bytes(sentence)]
      #expect(BLEU().sentenceScores(hypotheses: lines, references: [lines])[0].value > 99.999_999)
      #expect(ChrF(wordOrder: 2).score(hypotheses: lines, references: [lines]).value == 100)
      #expect(TER().score(hypotheses: lines, references: [lines]).value == 0)
    }
  }
}
