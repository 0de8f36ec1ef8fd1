import Decoding
import Testing
import Tokens

/// Translations that must contain phrases.
@Suite struct RequiredPhrasesTests {
  static let source: [TokenID] = [4, 5, 6, 2]

  static func guide(_ phrases: [[[TokenID]]]) -> SentenceGuide {
    var guide = SentenceGuide()
    guide.required = phrases.map { RequiredPhrase(alternatives: $0) }
    return guide
  }

  static let cases: [[[[TokenID]]]] = [
    [[[4]]], [[[5, 4]]], [[[4], [5, 5]]], [[[4]], [[5]]], [[[5, 4]], [[4]]], [[[4]], [[4]]],
  ]

  /// Whether the phrases occur, each in a place of its own.
  static func contains(_ tokens: [TokenID], _ phrases: [[[TokenID]]]) -> Bool {
    guard let first = phrases.first else { return true }
    return first.contains { form in
      guard tokens.count >= form.count else { return false }
      return (0...tokens.count - form.count).contains { start in
        guard tokens[start..<start + form.count].elementsEqual(form) else { return false }
        // What stands for one phrase does not stand for another: a token that cannot occur takes its place.
        var rest = tokens
        rest.replaceSubrange(start..<start + form.count, with: [-7])
        return contains(rest, Array(phrases.dropFirst()))
      }
    }
  }

  @Test(arguments: cases)
  func theBestWithThePhrasesIsFound(phrases: [[[TokenID]]]) throws {
    for seed in 0..<30 {
      let model = TableModel.random(vocabularySize: 6, seed: seed)
      let longest = phrases.reduce(0) { $0 + ($1.map(\.count).max() ?? 0) }
      let all = ExhaustiveSearch(model: model, scoring: Scoring(), maxLength: 3 + longest)
        .translations(of: Self.source)
      let best = try #require(all.first { $0.ending == .endToken && Self.contains($0.tokens, phrases) })
      let input = DecoderInput(TokenBatch([Self.source]), guides: [Self.guide(phrases)])
      let limits = SearchLimits(maxLengthRatio: 0, maxLengthExtra: 3)
      let found = BeamSearch(beamSize: 3000, limits: limits).search(input, model: model)[0][0]
      #expect(found.tokens == best.tokens, "seed \(seed)")
      #expect(found.score.isClose(to: best.score))
    }
  }

  @Test(arguments: [1, 3, 5], [false, true])
  func narrowBeamsContainThePhrases(beamSize: Int, isTied: Bool) {
    for seed in 0..<60 {
      let size = 40
      let random = TableModel.random(vocabularySize: size, seed: seed, spread: isTied ? 0 : 3)
      var model = TableModel(vocabularySize: size) { source, tokens in
        var scores = random.scores(source, tokens)
        // As a trained model does, it wants to end at some point.
        scores[2] += Float(tokens.count) - 3
        return scores
      }
      model.attention = random.attention
      var generator = Mixer(seed: seed)
      func token() -> TokenID { TokenID.random(in: 4..<TokenID(size), using: &generator) }
      let phrases = (0..<1 + seed % 3).map { _ in (0..<1 + seed % 2).map { _ in [token(), token()] } }
      let input = DecoderInput(TokenBatch([Self.source]), guides: [Self.guide(phrases)])
      let strategy: any SearchStrategy = beamSize == 1 ? GreedySearch() : BeamSearch(beamSize: beamSize)
      let found = AutoregressiveDecoder(model, strategy: strategy).decode(input)[0][0]
      #expect(found.isWhole && Self.contains(found.tokens, phrases), "seed \(seed)")
    }
  }

  /// Tokens 5 and 6 continue the word before them, after 7 the word goes on.
  @Test func phrasesAreWholeWords() throws {
    let joints = WordJoints(
      goesOnAfter: (0..<8).map { $0 == 7 }, goesOnBefore: (0..<8).map { [5, 6].contains($0) })
    func isMet(_ tokens: [TokenID]) -> Bool {
      tokens.indices.contains { place in
        tokens[place] == 4 && (place == 0 || tokens[place - 1] != 7)
          && (place + 1 == tokens.count || ![5, 6].contains(tokens[place + 1]))
      }
    }
    var guide = Self.guide([[[4]]])
    guide.joints = joints
    for seed in 0..<30 {
      let model = TableModel.random(vocabularySize: 8, seed: seed)
      let all = ExhaustiveSearch(model: model, scoring: Scoring(), maxLength: 4).translations(of: Self.source)
      let best = try #require(
        all.first { $0.ending == .endToken && isMet($0.tokens) && $0.tokens.last != 7 })
      let found = BeamSearch(beamSize: 5000, limits: SearchLimits(maxLengthRatio: 0, maxLengthExtra: 3))
        .search(DecoderInput(TokenBatch([Self.source]), guides: [guide]), model: model)[0][0]
      #expect(found.tokens == best.tokens, "seed \(seed)")
    }
  }

  @Test func attentionDecidesWhereAPhraseBegins() {
    // Every prediction looks at the source token of the same place; all scores are the same.
    var model = TableModel(vocabularySize: 12) { source, tokens in
      var scores = [Float](repeating: 0, count: 12)
      scores[2] = tokens.count < 3 ? -20 : 5
      scores[11] = -3
      return scores
    }
    model.attention = { source, tokens in
      source.indices.map { $0 == min(tokens.count, source.count - 1) ? 0.97 : 0.01 }
    }
    for place in 0..<3 {
      var guide = SentenceGuide()
      guide.required = [RequiredPhrase(alternatives: [[11]], sourceTokens: place..<place + 1)]
      let input = DecoderInput(TokenBatch([Self.source]), guides: [guide])
      let found = BeamSearch(beamSize: 6).search(input, model: model)[0][0]
      #expect(found.tokens.firstIndex(of: 11) == place)
    }
  }

  @Test func sentencesWithoutPhrasesAreTranslatedAsBefore() {
    let model = TableModel.random(vocabularySize: 20, seed: 3)
    let batch = TokenBatch([Self.source, Self.source, [4, 2]])
    let free = AutoregressiveDecoder(model, strategy: BeamSearch()).decode(DecoderInput(batch))
    let guides = [SentenceGuide(), Self.guide([[[9, 10]]]), SentenceGuide()]
    let found = AutoregressiveDecoder(model, strategy: BeamSearch()).decode(
      DecoderInput(batch, guides: guides))
    #expect(found[0] == free[0] && found[2] == free[2])
    #expect(Self.contains(found[1][0].tokens, [[[9, 10]]]))
  }
}
