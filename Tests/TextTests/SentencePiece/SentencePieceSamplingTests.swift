import RandomNumbers
import Testing
import Text
import Tokens

/// Randomly drawn segmentations.
@Suite struct SentencePieceSamplingTests {
  private func draws(
    _ segmentation: SentencePieceSegmentation, _ text: String, dropout: Double, seed: UInt64, count: Int
  ) -> [EncodedSentence] {
    var generator = SplitMix64(state: seed)
    var encoder = segmentation.makeEncoder()
    return (0..<count).map { _ in encoder.encode(Array(text.utf8), dropout: dropout, using: &generator) }
  }

  @Test(arguments: SentencePieceLearning.ModelType.allCases, [false, true])
  func theSameStateGivesTheSameSegmentationOfTheSameText(
    type: SentencePieceLearning.ModelType, spellsBytes: Bool
  ) throws {
    let segmentation = try LearningText.learn {
      ($0.sentencePiece.modelType, $0.sentencePiece.spellsBytes) = (type, spellsBytes)
      $0.sentencePiece.vocabularySize = spellsBytes ? 430 : 180
      $0.sentencePiece.userDefinedSymbols = ["lowest"]
    }.sentencePiece
    let text = "newest lowestest playing größer ☃ 家屋 domů"
    let first = draws(segmentation, text, dropout: 0.85, seed: 1, count: 40)
    #expect(first == draws(segmentation, text, dropout: 0.85, seed: 1, count: 40))
    #expect(first != draws(segmentation, text, dropout: 0.85, seed: 2, count: 40))
    #expect(Set(first.map(\.ids)).count > 10)
    let likely = segmentation.encode(text)
    let symbol = try #require(segmentation.vocabulary.id(of: Subword("lowest")))
    for sentence in first {
      #expect(
        segmentation.decode(sentence.ids, sentence.unknowns)
          == segmentation.decode(likely.ids, likely.unknowns))
      #expect(sentence.ids.contains(symbol))
    }
    #expect(draws(segmentation, text, dropout: 0, seed: 1, count: 1) == [likely])
    #expect(draws(segmentation, text, dropout: 1e-12, seed: 1, count: 1) == [likely])
  }

  /// The paths of a small lattice, with the probabilities of the model to the power of α = (1 - d) / d.
  @Test(arguments: [0.4, 0.5, 0.8, 1])
  func pathsOfAUnigramModelHaveTheirProbabilities(dropout: Double) throws {
    let scores: [(String, Float)] = [
      ("▁", -1), ("a", -1.5), ("b", -2), ("c", -1), ("ab", -2.5), ("bc", -3.25), ("abc", -4),
    ]
    var model = HandMadeModel.marian(scores)
    model.addsSpace = false
    let segmentation = try model.segmentation()
    let paths = [["a", "b", "c"], ["ab", "c"], ["a", "bc"], ["abc"]]
    let alpha = (1 - dropout) / dropout
    let weights = paths.map { path in
      path.reduce(1.0) { product, piece in
        product * exponential(alpha * Double(scores.first { $0.0 == piece }?.1 ?? 0))
      }
    }
    let count = 20_000
    let drawn = draws(segmentation, "abc", dropout: dropout, seed: 7, count: count).map(\.ids)
    for (path, weight) in zip(paths, weights) {
      let ids = path.compactMap { segmentation.vocabulary.id(of: Subword($0)) }
      let expected = weight / weights.reduce(0, +)
      let found = Double(drawn.count { $0 == ids }) / Double(count)
      // Five standard deviations.
      #expect(
        abs(found - expected) < 5 * (expected * (1 - expected) / Double(count)).squareRoot() + 1e-9, "\(path)"
      )
    }
  }

  @Test func everyMergeMayBeLeftOut() throws {
    var model = HandMadeModel.marian([
      ("▁", -9), ("a", -9), ("b", -9), ("c", -9), ("ab", -1), ("abc", -2), ("▁abc", -3),
    ])
    model.type = 2
    let segmentation = try model.segmentation()
    #expect(segmentation.pieces("abc") == "▁abc")
    #expect(draws(segmentation, "abc", dropout: 1, seed: 1, count: 1)[0].ids == [2, 3, 4, 5])
    let drawn = draws(segmentation, "abc", dropout: 0.5, seed: 3, count: 4000).map(\.ids)
    // Each of the three merges needs the one before.
    for (ids, expected) in [([2, 3, 4, 5], 0.5), ([2, 6, 5], 0.25), ([2, 7], 0.125), ([8], 0.125)]
      as [([TokenID], Double)]
    {
      let found = Double(drawn.count { $0 == ids }) / 4000
      #expect(abs(found - expected) < 0.04, "\(ids)")
    }
  }

  private func exponential(_ x: Double) -> Double {
    // A series is enough for small numbers.
    var (term, sum) = (1.0, 1.0)
    for n in 1..<60 {
      term *= x / Double(n)
      sum += term
    }
    return sum
  }
}
