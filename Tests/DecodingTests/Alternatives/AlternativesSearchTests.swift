import Decoding
import Testing
import Tokens

/// The likely next words at a place, compared with all words.
@Suite struct AlternativesSearchTests {
  /// 4 and 5 are words, or the beginnings of words; 6 needs another token; 7 and 8 go on with the word before.
  static let joints = WordJoints(
    goesOnAfter: (0..<9).map { $0 == 6 }, goesOnBefore: (0..<9).map { $0 == 7 || $0 == 8 })
  static let source: [TokenID] = [4, 5, 4, 2]

  static func goesOn(_ word: [TokenID], _ token: TokenID) -> Bool {
    guard token != 2 else { return false }
    return word.last == 6 || token == 7 || token == 8
  }

  /// The probabilities of all words of at most six tokens behind some tokens; [] is the end.
  static func words(_ model: TableModel, after before: [TokenID], beginningWith starts: Set<TokenID>? = nil)
    -> [[TokenID]: Double]
  {
    var found: [[TokenID]: Double] = [:]
    func visit(_ word: [TokenID], _ probability: Double) {
      let steps = logSoftmax(model.scores(source, before + word)).map { Double.exponential($0) }
      var ending = 0.0
      for token in TokenID(2)..<9 where token != 3 && (token != 2 || !(before + word).isEmpty) {
        if word.isEmpty {
          if token == 2, starts == nil { found[[]] = probability * steps[2] }
          let begins = starts.map { $0.contains(token) } ?? (token == 4 || token == 5 || token == 6)
          if token != 2, begins { visit([token], probability * steps[Int(token)]) }
        } else if goesOn(word, token) {
          if word.count < 6 { visit(word + [token], probability * steps[Int(token)]) }
        } else if word.last != 6 {
          ending += steps[Int(token)]
        }
      }
      if !word.isEmpty, word.last != 6 { found[word] = probability * ending }
    }
    visit([], 1)
    return found
  }

  func alternatives(_ model: TableModel, _ place: WordPlace, extra: Int = 5) -> [Hypothesis] {
    var guide = SentenceGuide()
    (guide.place, guide.joints) = (place, Self.joints)
    let limits = SearchLimits(maxLengthRatio: 0, maxLengthExtra: extra)
    let decoder = AutoregressiveDecoder(model, strategy: BeamSearch(beamSize: 300, limits: limits))
    return decoder.decode(DecoderInput(TokenBatch([Self.source]), guides: [guide]))[0]
  }

  @Test(arguments: 0..<15) func mostProbableWordsComeFirst(seed: Int) {
    let model = TableModel.random(vocabularySize: 9, seed: seed, spread: 2)
    for before in [[], [4], [5, 7]] as [[TokenID]] {
      let found = alternatives(model, WordPlace(after: before, count: 4))
      let expected = Self.words(model, after: before).sorted { $0.value > $1.value }.prefix(4)
      #expect(found.count == 4)
      for (hypothesis, word) in zip(found, expected) {
        let next = hypothesis.nextWord
        #expect(next.map { Array(hypothesis.tokens[$0.tokens]) } == word.key, "seed \(seed)")
        #expect(next?.probability.isClose(to: word.value, tolerance: 1e-4) ?? false)
        #expect(Array(hypothesis.tokens.prefix(before.count)) == before)
      }
    }
  }

  /// Words that begin as they should share all of the probability.
  @Test(arguments: 0..<15) func beginningsOfWordsAreFollowed(seed: Int) {
    let model = TableModel.random(vocabularySize: 9, seed: seed, spread: 2)
    let beginning = TokenPrefix(nodes: [[4: 1, 6: 1]])
    let found = alternatives(model, WordPlace(after: [5], beginning: beginning, count: 3))
    let all = Self.words(model, after: [5], beginningWith: [4, 6])
    let steps = logSoftmax(model.scores(Self.source, [5])).map { Double.exponential($0) }
    let total = steps[4] + steps[6]
    for (hypothesis, word) in zip(found, all.sorted { $0.value > $1.value }) {
      #expect(hypothesis.nextWord.map { Array(hypothesis.tokens[$0.tokens]) } == word.key, "seed \(seed)")
      #expect(hypothesis.nextWord?.probability.isClose(to: word.value / total, tolerance: 1e-4) ?? false)
    }
  }

  /// The rest is the best translation with that word.
  @Test(arguments: 0..<10) func eachWordHasItsBestTranslation(seed: Int) throws {
    let model = TableModel.random(vocabularySize: 9, seed: seed, spread: 2)
    let found = alternatives(model, WordPlace(after: [4], count: 3), extra: 1)
    for hypothesis in found {
      let next = try #require(hypothesis.nextWord)
      let word = Array(hypothesis.tokens[next.tokens])
      let start = [4] + word
      // The length of what is given, with one token after it, adds to the usual limit.
      let all = ExhaustiveSearch(model: model, scoring: Scoring(), maxLength: start.count + 2)
        .translations(of: Self.source)
      let best = all.first { other in
        guard other.tokens.starts(with: start) else { return false }
        guard other.tokens.count > start.count else { return true }
        return !word.isEmpty && !Self.goesOn(word, other.tokens[start.count])
      }
      #expect(hypothesis.tokens == best?.tokens, "seed \(seed)")
      #expect(hypothesis.score.isClose(to: best?.score ?? 0))
    }
  }
}
