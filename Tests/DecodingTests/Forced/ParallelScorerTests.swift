import Decoding
import Models
import Testing
import Tokens

/// Given translations, scored by non-autoregressive decoders.
@Suite struct ParallelScorerTests {
  /// All translations that paths of some length can spell, with the sums of their probabilities.
  static func all(_ logs: [[Double]], blank: TokenID) -> [[TokenID]: Double] {
    var found: [[TokenID]: Double] = [:]
    func visit(_ path: [TokenID], _ sum: Double) {
      guard path.count < logs.count else {
        var tokens: [TokenID] = []
        for (row, symbol) in path.enumerated()
        where symbol != blank && (row == 0 || path[row - 1] != symbol) { tokens.append(symbol) }
        return found[tokens, default: 0] += Double.exponential(sum)
      }
      for symbol in logs[path.count].indices {
        visit(path + [TokenID(symbol)], sum + logs[path.count][symbol])
      }
    }
    visit([], 0)
    return found
  }

  @Test(arguments: 0..<12) func pathsAreSummed(seed: Int) {
    let (rows, size, blank) = (seed % 6, 2 + seed % 3, seed % 2)
    let scores = CTCPrefixBeamSearchTests.scores(rows: rows, vocabularySize: size, seed: seed)
    let logs = (0..<rows).map { logSoftmax(Array(scores[$0 * size..<($0 + 1) * size])) }
    let table = CTCScores(scores, vocabularySize: size, blank: TokenID(blank))
    let expected = Self.all(logs, blank: TokenID(blank))
    for (tokens, probability) in expected {
      #expect(table.logProbability(of: tokens).isClose(to: probability.logarithm, tolerance: 1e-5))
    }
    let token = TokenID(1 - blank)
    #expect(table.logProbability(of: Array(repeating: token, count: rows + 1)) == -.infinity)
  }

  @Test(arguments: [RandomModel(.ctc), RandomModel(.length), RandomModel(.length, ending: .endToken)])
  func aTranslationHasTheScoreThatItsSearchReported(_ model: RandomModel) throws {
    let source = TokenBatch(RandomModel.sentences)
    let decoder = try model.search { ($0.beamSize, $0.nBest) = (40, 4) }
    let found = decoder.decode(DecoderInput(source))
    let guides = found.map { hypotheses in
      var guide = SentenceGuide()
      guide.given = hypotheses.reversed().map { $0.tokens + [2] }
      return guide
    }
    let scored = decoder.decode(DecoderInput(source, guides: guides))
    for (found, scored) in zip(found, scored) where found.allSatisfy({ $0.ending != .lengthLimit }) {
      #expect(found.count == scored.count)
      for (left, right) in zip(found, scored) {
        if model.testDescription.hasPrefix("ctc") {
          // A beam may lose paths, but not many of them.
          #expect(right.logProbability > left.logProbability - 1e-5)
          #expect(right.logProbability < left.logProbability + 0.5)
        } else {
          #expect(right.tokens == left.tokens && right.given != nil)
          #expect(right.logProbability.isClose(to: left.logProbability, tolerance: 1e-4))
          #expect(right.tokenLogProbabilities.count == left.tokenLogProbabilities.count)
        }
      }
    }
  }

  @Test func whatCannotBeProducedHasNoProbability() throws {
    for model in RandomModel.all where !model.testDescription.hasPrefix("maskPredict") {
      var guide = SentenceGuide()
      guide.given = [Array(repeating: 7, count: 200) + [2], [7, 2]]
      let found = try model.search().decode(DecoderInput(TokenBatch([[5, 6, 2]]), guides: [guide]))[0]
      #expect(found.map { $0.given ?? -1 } == [1, 0], "\(model.testDescription)")
      #expect(found[1].logProbability == -.infinity && found[0].logProbability.isFinite)
      #expect(found[1].ending != .invalidScores)
    }
  }

  @Test func maskPredictHasNoScore() {
    let kinds = OptionUseTests.kinds.filter { !$0.scoresGiven }
    #expect(kinds == [.nonautoregressive(OptionUseTests.maskPredict)])
  }
}
