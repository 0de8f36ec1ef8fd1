import Decoding
import Evaluation
import Glibc
import Models
import Testing
import Text
import Translation

/// Minimum Bayes risk, compared with its definition.
@Suite struct MinimumRiskTests {
  /// A service with random weights, whose translations are all over the place.
  static func service() throws -> TranslationService {
    let size = samplePipeline.vocabularySize(.target)
    var configuration = ModelConfiguration(sourceVocabularySize: size, targetVocabularySize: size)
    (configuration.size, configuration.innerSize, configuration.heads) = (16, 32, 2)
    (configuration.encoderLayers, configuration.decoderLayers) = (1, 1)
    let architecture = Transformer(configuration)
    return try TranslationService(
      trained: TrainedTransformer(architecture, weights: architecture.initialParameters(seed: 6)),
      pipeline: samplePipeline)
  }

  static func translate(_ lines: [String], _ change: (inout TranslationRequest) -> Void) throws
    -> [TranslationResult]
  {
    var request = TranslationRequest()
    request.search.limits.maxLengthRatio = 1
    request.search.limits.maxLengthExtra = 3
    change(&request)
    return try Translator(service(), request: request).translate(lines)
  }

  /// The expected utility of each different text, from all pairs.
  static func utilities(_ candidates: [(text: String, weight: Double)]) -> [String: Double] {
    var utilities: [String: Double] = [:]
    let total = candidates.reduce(0) { $0 + $1.weight }
    for candidate in candidates {
      utilities[candidate.text] =
        candidates.reduce(0) { sum, reference in
          let score = ChrF().sentenceScores(
            hypotheses: [Array(candidate.text.utf8)], references: [[Array(reference.text.utf8)]])
          return sum + reference.weight * score[0].value
        } / total
    }
    return utilities
  }

  static let lines = sampleLines.filter { $0.contains("e") && $0.count < 40 }

  @Test(arguments: MinimumRisk.Source.allCases, [2, 12, 90])
  func theChosenHasTheGreatestExpectedUtility(source: MinimumRisk.Source, count: Int) throws {
    let found = try Self.translate(Self.lines) {
      $0.search.nBest = count
      if source == .beam { $0.search.beamSize = count } else { $0.search.sampling = Sampling(epsilon: 0.02) }
    }
    let chosen = try Self.translate(Self.lines) {
      $0.minimumRisk = MinimumRisk(candidates: count, from: source)
      $0.search.nBest = 2
    }
    for (found, chosen) in zip(found, chosen) {
      let whole = found.alternatives.filter { !$0.reachedLimit }
      // What was cut does not vote, and comes last.
      let voters = whole.isEmpty ? found.alternatives : whole
      let highest = voters.map(\.logProbability).max() ?? 0
      let utilities = Self.utilities(
        voters.map { ($0.text, source == .beam ? exp($0.logProbability - highest) : 1) })
      let ranked = utilities.values.sorted(by: >)
      #expect(chosen.alternatives.count == min(2, Set(found.alternatives.map(\.text)).count))
      for (rank, alternative) in chosen.alternatives.enumerated() where rank < ranked.count {
        let utility = try #require(alternative.utility)
        #expect(abs(utility - ranked[rank]) < 1e-9)
        #expect(abs(utility - (utilities[alternative.text] ?? -1)) < 1e-9)
      }
    }
  }

  @Test func piecesHaveTheMeanUtility() throws {
    let single = try Self.translate(["a dog barks", "yes"]) {
      $0.minimumRisk = MinimumRisk(candidates: 8, from: .beam)
      $0.sentenceSplitting = .never
    }
    let joined = try Self.translate(["a dog barks. yes."]) {
      $0.minimumRisk = MinimumRisk(candidates: 8, from: .beam)
      $0.sentenceSplitting = .always
    }
    #expect(single.allSatisfy { $0.alternatives[0].utility ?? 0 > 0 })
    let utility = try #require(joined[0].alternatives[0].utility)
    #expect(utility > 0 && utility <= 100)
    #expect(JSONResult(joined[0]).line.contains(#""utility":"#))
    #expect(ResultFormat.scored.lines(joined[0])[0].hasPrefix("\(utility)".prefix(4)))
  }

  @Test func impossibleChoicesAreRefused() throws {
    let service = try Self.service()
    func refused(_ message: String, _ change: (inout TranslationRequest) -> Void) {
      var request = TranslationRequest()
      change(&request)
      #expect { try service.validate(request) } throws: { "\($0)".contains(message) }
    }
    refused("number of candidates") { $0.minimumRisk = MinimumRisk(candidates: 1) }
    refused("at most the number of candidates, 4") {
      ($0.minimumRisk, $0.search.nBest) = (MinimumRisk(candidates: 4), 5)
    }
    refused("widen the beam to 9") {
      ($0.minimumRisk, $0.search.beamSize) = (MinimumRisk(candidates: 9, from: .beam), 4)
    }
  }
}
