import Confidence
import Foundation
import RandomNumbers
import Testing

/// From probabilities to confidence.
@Suite struct ConfidenceMapTests {
  /// Translations whose words are right half as often as their probabilities say.
  private func samples(_ count: Int, seed: UInt64) -> [ConfidenceMap.Sample] {
    var random = SplitMix64(state: seed)
    return (0..<count).map { _ in
      // Sentences are hard or easy as a whole.
      let least = Double.random(in: 0...0.9, using: &random)
      let probabilities = (0..<12).map { _ in Double.random(in: least...1, using: &random) }
      return .init(
        probabilities: probabilities,
        isRight: probabilities.map { Double.random(in: 0...1, using: &random) < $0 / 2 })
    }
  }

  @Test func confidenceIsHowOftenWordsAreRight() throws {
    let map = try #require(ConfidenceMap(samples(2000, seed: 1)))
    for probability in [0.2, 0.5, 0.9] {
      #expect(abs(map.word(probability: probability) - probability / 2) < 0.05)
    }
    #expect(map.measured.wordError < 0.03 && map.measured.sentenceError < 0.03)
    #expect(map.measured.sentences == 2000 && map.measured.words == 24_000)
    // Others, from the same source.
    let others = samples(500, seed: 2)
    let pairs = others.map { sample in
      (
        predicted: map.sentence(words: sample.probabilities.map { map.word(probability: $0) }),
        outcome: Double(sample.isRight.count { $0 }) / 12
      )
    }
    #expect(expectedCalibrationError(pairs) < 0.03)
    let raw = others.map {
      (predicted: $0.probabilities.reduce(0, +) / 12, outcome: Double($0.isRight.count { $0 }) / 12)
    }
    #expect(expectedCalibrationError(raw) > 0.2)
  }

  @Test func nothingIsLearnedFromNothing() throws {
    #expect(ConfidenceMap([]) == nil)
    #expect(ConfidenceMap([.init(probabilities: [], isRight: [])]) == nil)
    let one = try #require(ConfidenceMap([.init(probabilities: [0.3], isRight: [true])]))
    #expect(one.word(probability: 0.9) == 1 && one.sentence(words: []) == 1)
  }

  @Test func filesHaveTheSameMap() throws {
    let map = try #require(ConfidenceMap(samples(50, seed: 3)))
    let data = try JSONEncoder().encode(map)
    #expect(try JSONDecoder().decode(ConfidenceMap.self, from: data) == map)
    let damaged = String(decoding: data, as: UTF8.self).replacingOccurrences(
      of: "\"inputs\":[", with: "\"inputs\":[9,")
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ConfidenceMap.self, from: Data(damaged.utf8))
    }
  }

  /// Two bins: 0.5 predicted and 0 or 1 happened, 0.9 predicted and 1 happened twice.
  @Test func errorIsThatOfTheDefinition() {
    let error = expectedCalibrationError([(0.5, 0), (0.5, 1), (0.9, 1), (0.9, 1)], bins: 2)
    // All are in the upper bin: predicted 0.7, happened 0.75.
    #expect(abs(error - 0.05) < 1e-12)
    #expect(abs(expectedCalibrationError([(0.5, 0), (0.5, 1), (0.9, 1), (0.9, 1)], bins: 10) - 0.05) < 1e-12)
    #expect(abs(expectedCalibrationError([(0.2, 1), (0.9, 0)], bins: 10) - 0.85) < 1e-12)
    #expect(expectedCalibrationError([]) == 0)
    #expect(expectedCalibrationError([(1, 1)]) == 0)
  }
}
