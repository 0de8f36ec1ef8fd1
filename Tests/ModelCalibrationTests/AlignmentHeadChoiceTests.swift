import Decoding
import Layers
import ModelCalibration
import Models
import RandomNumbers
import Tensors
import Testing
import Tokens
import WordAlignment

/// Which heads align words best, compared with reading each sentence by itself.
@Suite struct AlignmentHeadChoiceTests {
  private let model: TrainedTransformer

  init() {
    var configuration = ModelConfiguration(sourceVocabularySize: 30, targetVocabularySize: 30)
    (configuration.size, configuration.innerSize, configuration.heads) = (16, 32, 4)
    (configuration.encoderLayers, configuration.decoderLayers, configuration.maxPositions) = (1, 2, 64)
    let architecture = Transformer(configuration)
    model = TrainedTransformer(architecture, weights: ModelWeights(architecture.initialParameters(seed: 7)))
  }

  /// Sentences of random tokens, with words of one to three of them.
  private func pairs(_ count: Int) -> [LinkedPair] {
    var random = SplitMix64(state: 3)
    func words() -> [UInt16] {
      (0..<Int.random(in: 1...6, using: &random)).map { _ in UInt16.random(in: 1...3, using: &random) }
    }
    func tokens(_ lengths: [UInt16]) -> [TokenID] {
      (0..<lengths.reduce(0) { $0 + Int($1) }).map { _ in TokenID.random(in: 4..<30, using: &random) }
    }
    return (0..<count).map { _ in
      let (from, to) = (words(), words())
      let links = to.indices.map {
        AlignmentLink(source: UInt16.random(in: 0..<UInt16(from.count), using: &random), target: UInt16($0))
      }
      return LinkedPair(
        source: tokens(from) + [model.specialTokens.end], target: tokens(to), sourceWords: from,
        targetWords: to,
        links: links)
    }
  }

  /// The share of links that a head gets right, one sentence after another.
  private func share(_ heads: AlignmentHeads, _ pairs: [LinkedPair]) -> Double {
    var (right, total) = (0, 0)
    for pair in pairs {
      let reading = model.aligning(by: heads)
      var state = reading.start(TokenBatch([pair.source]))
      state.keepAttention()
      var (last, rows, scores): (TokenID, [[Float]], [Float]) = (model.specialTokens.beginning, [], [])
      for token in pair.target {
        reading.step([last], &state, scores: &scores)
        rows.append(state.attention?[0] ?? [])
        last = token
      }
      for link in pair.links {
        let start = pair.targetWords[..<Int(link.target)].reduce(0) { $0 + Int($1) }
        let own = rows[start..<start + Int(pair.targetWords[Int(link.target)])]
        var place = 0
        let shares = pair.sourceWords.map { length in
          defer { place += Int(length) }
          return own.reduce(Float(0)) { $0 + $1[place..<place + Int(length)].reduce(0, +) }
        }
        total += 1
        if shares.firstIndex(of: shares.max() ?? 0) == Int(link.source) { right += 1 }
      }
    }
    return Double(right) / Double(total)
  }

  @Test(arguments: [1, 2]) func theBestOfAllHeadsIsChosen(threads: Int) throws {
    let pairs = pairs(70)
    let choice = try #require(AlignmentHeadChoice(model, pairs, threads: threads))
    let candidates = (0..<2).flatMap { layer in
      [[0], [1], [2], [3], [0, 1, 2, 3]].map { AlignmentHeads(layer: layer, heads: $0) }
    }
    let shares = candidates.map { share($0, pairs) }
    // Sums of a batch and of a sentence may differ in the last bit.
    #expect(abs(choice.share - (shares.max() ?? 0)) < 0.01)
    #expect(abs(share(choice.heads, pairs) - choice.share) < 0.01)
    #expect(abs(choice.shareBefore - share(AlignmentHeads(layer: 1, heads: [0, 1, 2, 3]), pairs)) < 0.01)
    #expect(choice.links == pairs.reduce(0) { $0 + $1.links.count })
  }

  @Test func nothingIsChosenWithoutLinks() {
    let pairs = pairs(3).map { pair in
      var pair = pair
      pair.links = []
      return pair
    }
    #expect(AlignmentHeadChoice(model, pairs, threads: 1) == nil)
  }
}
