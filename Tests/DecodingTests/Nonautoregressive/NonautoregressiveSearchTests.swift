import Decoding
import Layers
import Models
import Tensors
import Testing
import Tokens

@Suite struct NonautoregressiveSearchTests {
  @Test(arguments: RandomModel.all)
  func sentencesAreTranslatedAsIfAlone(_ random: RandomModel) throws {
    let search = try random.search()
    // More sentences than go through the model together.
    let sentences = Array(repeating: RandomModel.sentences, count: 5).flatMap { $0 }
    let together = search.decode(DecoderInput(TokenBatch(sentences)))
    #expect(together.count == sentences.count)
    for (index, sentence) in sentences.enumerated() {
      #expect(
        search.decode(DecoderInput(TokenBatch([sentence]), numbers: [index]))[0] == together[index],
        "\(random) \(index)")
    }
  }

  /// The drafts of many sentences are predicted in other parts than those of one.
  @Test(arguments: [NonautoregressiveMethod.length, .maskPredict])
  func howDraftsAreDividedDoesNotShow(method: NonautoregressiveMethod) throws {
    let search = try RandomModel(method).search {
      ($0.nonautoregressive.lengthBeam, $0.beamSize, $0.nBest) = (20, 20, 20)
    }
    var sentences: [[TokenID]] = []
    for sentence in 0..<60 {
      var tokens: [TokenID] = []
      for place in 0..<sentence % 11 { tokens.append(TokenID(3 + (sentence * 7 + place * 5) % 30)) }
      sentences.append(tokens + [SpecialTokens.standard.end])
    }
    let together = search.decode(DecoderInput(TokenBatch(sentences)))
    let positions = together.joined().reduce(0) { $0 + $1.tokens.count }
    #expect(positions > 3000 && sentences.joined().count > 300, "several parts, and another limit")
    for (index, sentence) in sentences.enumerated() {
      #expect(search.decode(DecoderInput(TokenBatch([sentence])))[0] == together[index], "\(index)")
    }
  }

  @Test(arguments: RandomModel.all)
  func translationsHoldNoSpecialTokensAndAreScored(_ random: RandomModel) throws {
    for (sentence, hypotheses) in zip(
      RandomModel.sentences,
      try random.search { $0.nBest = 3 }.decode(DecoderInput(TokenBatch(RandomModel.sentences))))
    {
      #expect(!hypotheses.isEmpty)
      for hypothesis in hypotheses {
        let mayBeUnknown = sentence.contains(SpecialTokens.standard.unknown)
        #expect(
          hypothesis.tokens.allSatisfy { $0 > (mayBeUnknown ? 2 : 3) }, "\(random) \(hypothesis.tokens)")
        #expect(hypothesis.score <= 0)
      }
      #expect(zip(hypotheses, hypotheses.dropFirst()).allSatisfy { $0.score >= $1.score })
    }
  }

  @Test func withoutScoresCTCFindsTheSame() throws {
    // Many sentences, so that some rows are close calls.
    var sentences: [[TokenID]] = []
    for sentence in 0..<60 {
      var tokens: [TokenID] = []
      for place in 0..<sentence % 9 { tokens.append(TokenID(3 + (sentence * 7 + place * 11) % 37)) }
      sentences.append(tokens + [SpecialTokens.standard.end])
    }
    let batch = TokenBatch(sentences)
    let scored = try RandomModel(.ctc).search().decode(DecoderInput(batch))
    let unscored = try RandomModel(.ctc).search { $0.computesScores = false }.decode(DecoderInput(batch))
    #expect(unscored.map { $0.map(\.tokens) } == scored.map { $0.map(\.tokens) })
    #expect(unscored.map { $0.map(\.ending) } == scored.map { $0.map(\.ending) })
    #expect(unscored.allSatisfy { $0[0].score.isNaN })
    #expect(Set(scored.flatMap { $0[0].tokens }).count > 5)
  }

  /// For sentences of one word, a length of 0 is among the candidates.
  @Test func somethingIsTranslatedAsSomething() throws {
    for method in [NonautoregressiveMethod.length, .maskPredict] {
      let search = try RandomModel(method).search {
        ($0.nonautoregressive.lengthBeam, $0.beamSize, $0.nBest) = (100, 100, 100)
      }
      let found = search.decode(DecoderInput(TokenBatch([[5, 2], [2]])))
      #expect(found[0].count > 5 && found[0].allSatisfy { !$0.tokens.isEmpty }, "\(method)")
      #expect(found[1].contains { $0.tokens.isEmpty }, "\(method)")
    }
  }

  /// If all positions are blank, the best single token is taken; an empty source stays empty.
  @Test(arguments: [1, 4], [true, false])
  func whereAllIsBlankTheSurestTokenIsSaid(beam: Int, scores: Bool) throws {
    let search = try RandomModel(.ctc, silence: 50).search {
      ($0.beamSize, $0.nBest, $0.computesScores) = (beam, beam, scores)
    }
    let sentences: [[TokenID]] = [[5, 2], [2], [7, 8, 9, 10, 2]]
    let found = search.decode(DecoderInput(TokenBatch(sentences)))
    for sentence in [0, 2] {
      #expect(!found[sentence].isEmpty && found[sentence].allSatisfy { !$0.tokens.isEmpty })
      #expect(found[sentence][0].tokens.count == 1)
      #expect(found[sentence][0].score.isNaN == (beam == 1 && !scores))
      #expect(
        search.decode(DecoderInput(TokenBatch([sentences[sentence]])))[0].map(\.tokens)
          == found[sentence].map(\.tokens))
    }
    #expect(found[1][0].tokens.isEmpty)
  }

  @Test func lengthsAreTheMostProbableOnes() throws {
    let random = RandomModel(.length)
    let batch = TokenBatch(RandomModel.sentences)
    let lengths = random.model.encode(batch).lengthLogProbabilities()
    for beam in [1, 3] {
      let found = try random.search { ($0.nonautoregressive.lengthBeam, $0.nBest) = (beam, beam) }.decode(
        DecoderInput(batch))
      for (sentence, hypotheses) in found.enumerated() {
        let best = lengths[sentence].sorted { $0.logProbability > $1.logProbability }.prefix(beam).map(
          \.length)
        #expect(Set(hypotheses.map(\.tokens.count)) == Set(best))
      }
    }
  }

  /// Translations of a damaged length predictor are reported as invalid.
  @Test func lengthsThatAreNoNumbersAreToldOf() throws {
    let random = RandomModel(.maskPredict)
    let architecture = random.model.architecture
    let weights = architecture.initialParameters(seed: 3)
    let bias = try #require(architecture.parameters.first { $0.name.hasSuffix("length_predictor.bias") })
    weights.replace(at: bias.range.lowerBound, with: bias.range.map { _ in Float.nan })
    let search = try NonautoregressiveSearch(
      TrainedTransformer(architecture, weights: weights), plan: SearchPlan(SearchOptions()))
    for found in search.decode(DecoderInput(TokenBatch(RandomModel.sentences))) {
      #expect(!found.isEmpty && found.allSatisfy { $0.ending == .invalidScores })
    }
  }

  /// A literal implementation of the paper's algorithm that predicts all positions.
  @Test(arguments: [1, 2, 4, 10])
  func maskPredictIsThePapers(iterations: Int) throws {
    let random = RandomModel(.maskPredict)
    let batch = TokenBatch([RandomModel.sentences[2]])
    let encoded = random.model.encode(batch)
    let (length, ofLength) =
      encoded.lengthLogProbabilities()[0].max { $0.logProbability < $1.logProbability } ?? (0, 0)
    var tokens = Array(repeating: SpecialTokens.standard.mask, count: length)
    var probabilities = Array(repeating: 0.0, count: length)
    for iteration in 0..<iterations {
      let masked = iteration == 0 ? length : length * (iterations - iteration) / iterations
      let order = tokens.indices.sorted { (probabilities[$0], $0) < (probabilities[$1], $1) }
      for position in order.prefix(masked) { tokens[position] = SpecialTokens.standard.mask }
      let input = tokens
      encoded.predict([(0, input)]) { _, position, scores in
        guard input[position] == SpecialTokens.standard.mask else { return }
        var best = 4
        var sum = 0.0
        for token in 0..<scores.count { sum += exponential(Double(scores[token])) }
        for token in 4..<scores.count where scores[token] > scores[best] { best = token }
        tokens[position] = TokenID(best)
        probabilities[position] = exponential(Double(scores[best])) / sum
      }
    }
    let found = try random.search {
      ($0.nonautoregressive.iterations, $0.nonautoregressive.lengthBeam) = (iterations, 1)
    }.decode(
      DecoderInput(batch))[0][0]
    #expect(found.tokens == tokens)
    let logProbability = probabilities.reduce(ofLength) { $0 + logarithm($1) }
    #expect(abs(found.logProbability - logProbability) < 1e-4)
    #expect(abs(found.score - logProbability / Double(max(1, length))) < 1e-4)
  }

  @Test func aFilledTranslationEndsBeforeItsFirstEnd() throws {
    let random = RandomModel(.length, ending: .endToken)
    let batch = TokenBatch(RandomModel.sentences)
    let found = try random.search().decode(DecoderInput(batch))
    let encoded = random.model.encode(batch)
    var tokens = encoded.greatestLengths.map { _ in [TokenID]() }
    encoded.predict(stretched: encoded.greatestLengths.enumerated().map { ($0, $1) }) { draft, _, scores in
      var best = 2
      for token in 4..<scores.count where scores[token] > scores[best] { best = token }
      tokens[draft].append(TokenID(best))
    }
    for index in found.indices where !RandomModel.sentences[index].contains(SpecialTokens.standard.unknown) {
      let hypothesis = found[index][0]
      #expect(hypothesis.tokens == Array(tokens[index].prefix { $0 != SpecialTokens.standard.end }))
      #expect(
        hypothesis.ending == (tokens[index].contains(SpecialTokens.standard.end) ? .endToken : .lengthLimit))
    }
  }
}
