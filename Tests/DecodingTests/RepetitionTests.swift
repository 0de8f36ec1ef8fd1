import Decoding
import Testing
import Tokens

/// Translations that repeat a few tokens again and again.
@Suite struct RepetitionTests {
  @Test(
    arguments: [
      ([4, 5, 6, 7, 8, 9, 10, 11], 0), ([4, 4, 4], 3), ([4, 4], 0), ([5, 4, 4, 4, 4, 6], 4),
      ([4, 5, 4, 5, 4, 5, 6], 6), ([4, 5, 4, 5, 4], 0), ([9, 4, 5, 6, 4, 5, 6, 4, 5, 6, 4], 10), ([], 0),
    ] as [([TokenID], Int)])
  func loopsAreMeasured(tokens: [TokenID], length: Int) {
    #expect(RepetitionCheck.longestLoop(in: tokens) == length)
    // The same by trying every part and period.
    var longest = 0
    for start in tokens.indices {
      for end in start..<tokens.count {
        let part = Array(tokens[start...end])
        for period in 1..<max(2, part.count / 3 + 1) where part.count >= 3 * period {
          if part.indices.dropFirst(period).allSatisfy({ part[$0] == part[$0 - period] }) {
            longest = max(longest, part.count)
          }
        }
      }
    }
    #expect(longest == length)
  }

  @Test func aSourceThatRepeatsItselfExplainsLoops() {
    let loop = [TokenID](repeating: 7, count: 12)
    #expect(RepetitionCheck.hasLoop(loop, source: [4, 5, 6]))
    #expect(!RepetitionCheck.hasLoop(loop, source: [TokenID](repeating: 9, count: 9)))
    #expect(RepetitionCheck.hasLoop(Array(loop.prefix(4)), source: [4, 5, 6]))
    #expect(!RepetitionCheck.hasLoop(Array(loop.prefix(3)), source: [4, 5, 6]))
    #expect(!RepetitionCheck.hasLoop(Array(loop.prefix(4)), source: [9, 9, 9]))
    #expect(RepetitionCheck.hasLoop([4, 5, 6, 4, 5, 6, 4, 5], source: [4]) == false)
    #expect(RepetitionCheck.hasLoop([4, 5, 4, 5, 4, 5, 4, 5], source: [4]))
  }

  /// A model that loops on sources with the token 9, unless it cannot.
  static let model = TableModel(vocabularySize: 20) { source, tokens in
    var scores = [Float](repeating: 0, count: 20)
    if source.contains(9) {
      scores[5 + tokens.count % 2] = 8
      scores[7 + tokens.count % 12] = 4
      scores[2] = tokens.count > 6 ? 3 : -5
    } else {
      scores[tokens.count < source.count - 1 ? Int(source[tokens.count]) : 2] = 9
    }
    return scores
  }

  @Test(arguments: [1, 5])
  func loopsAreReplacedAndOthersStay(beam: Int) {
    let batch = TokenBatch([[4, 9, 2], [4, 10, 11, 2], [9, 2]])
    var strategy: any SearchStrategy = beam == 1 ? GreedySearch() : BeamSearch(beamSize: beam)
    let found = AutoregressiveDecoder(Self.model, strategy: strategy).decode(DecoderInput(batch))
    strategy.limits.replacesRepetitions = false
    let free = AutoregressiveDecoder(Self.model, strategy: strategy).decode(DecoderInput(batch))
    for (index, hypotheses) in found.enumerated() {
      let source = Array(batch[sentence: index])
      let loops = RepetitionCheck.hasLoop(free[index][0].tokens, source: source)
      #expect(loops == source.contains(9))
      #expect(hypotheses[0].repetition == (loops ? .replaced : .none))
      #expect(!RepetitionCheck.hasLoop(hypotheses[0].tokens, source: source))
      if !loops { #expect(hypotheses == free[index]) }
    }
  }
}
