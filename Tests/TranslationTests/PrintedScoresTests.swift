import Decoding
import Models
import Testing
import Text
import Tokens
import Translation

/// The printed scores are those that determined the ranking, for every kind of model and for lines in pieces.
@Suite struct PrintedScoresTests {
  struct Model: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var method: NonautoregressiveMethod?
    var decoder: DecoderChoice?
    var draftThreshold: Double?
    /// The default length penalty.
    var usual = LengthPenalty.normalized(alpha: 1)

    static let all = [
      Model(testDescription: "autoregressive"),
      Model(testDescription: "CTC", method: .ctc, decoder: .nonautoregressive, usual: .none),
      Model(testDescription: "length", method: .length, decoder: .nonautoregressive),
      Model(testDescription: "mask-predict", method: .maskPredict, decoder: .nonautoregressive),
      Model(testDescription: "drafts", method: .ctc, decoder: .auto, draftThreshold: -1000),
      Model(testDescription: "poor drafts", method: .length, decoder: .auto, draftThreshold: 0),
    ]

    /// Translates with random weights.
    func translate(_ lines: [String], _ change: (inout TranslationRequest) -> Void) throws
      -> [TranslationResult]
    {
      let size = samplePipeline.vocabularySize(.target)
      var configuration = ModelConfiguration(sourceVocabularySize: size, targetVocabularySize: size)
      (configuration.size, configuration.innerSize, configuration.heads) = (16, 32, 2)
      (configuration.encoderLayers, configuration.decoderLayers) = (1, 1)
      configuration.nonautoregressive = method.map { method in
        var part = NonautoregressiveConfiguration(method: method)
        (part.layers, part.maxLengthDifference) = (1, 4)
        return part
      }
      let architecture = Transformer(configuration)
      let service = try TranslationService(
        trained: TrainedTransformer(architecture, weights: architecture.initialParameters(seed: 6)),
        pipeline: samplePipeline)
      var request = TranslationRequest()
      (request.decoder, request.draftThreshold) = (decoder, draftThreshold)
      if decoder != .nonautoregressive {
        request.search.limits.maxLengthRatio = 1
        request.search.limits.maxLengthExtra = 3
      }
      change(&request)
      return try Translator(service, request: request).translate(lines)
    }
  }

  static let penalties: [LengthPenalty?] = [
    nil, LengthPenalty.none, .normalized(alpha: 1), .normalized(alpha: 2),
  ]

  /// The length from which a score was computed, by the formula of its penalty; it must be a whole number.
  static func length(_ alternative: TranslationResult.Alternative, alpha: Double) -> Double {
    guard alpha > 0 else { return alternative.score == alternative.logProbability ? 1 : .nan }
    let power = alternative.logProbability / alternative.score
    return alpha == 1 ? power : power.squareRoot()
  }

  static func alpha(_ penalty: LengthPenalty) -> Double {
    if case .normalized(let alpha) = penalty { alpha } else { 0 }
  }

  @Test(arguments: Model.all, penalties)
  func alternativesAreRankedByTheirScore(_ model: Model, penalty: LengthPenalty?) throws {
    let lines = manyLines(30)
    for limit in [4, 200] {
      let results = try model.translate(lines) {
        ($0.search.beamSize, $0.search.nBest, $0.maxSourceLength) = (4, 4, limit)
        $0.search.scoring.lengthPenalty = penalty
        $0.sentenceSplitting = .never
      }
      #expect(results.contains { $0.pieces > 1 } == (limit == 4))
      for result in results where result.pieces > 0 {
        let ranks = result.alternatives.map { ($0.reachedLimit ? 1 : 0, -$0.score) }
        #expect(zip(ranks, ranks.dropFirst()).allSatisfy { $0 <= $1 }, "\(ranks)")
        for alternative in result.alternatives {
          let length = Self.length(alternative, alpha: Self.alpha(penalty ?? model.usual))
          #expect(length >= 0.999 && abs(length - length.rounded()) < 1e-6, "\(alternative)")
        }
        let printed = ResultFormat.nBest(count: result.alternatives.count).lines(result).compactMap { line in
          line.split(separator: " ||| ").last.flatMap { Double($0) }
        }
        #expect(printed.count == result.alternatives.count)
        for (text, alternative) in zip(printed, result.alternatives) {
          #expect(abs(text - alternative.score) < 5.1e-5)
        }
      }
    }
  }

  /// The limit is the length of the longest sentence, so that the line is cut between sentences.
  @Test(arguments: Model.all, penalties)
  func scoresOfPiecesAddUp(_ model: Model, penalty: LengthPenalty?) throws {
    let pieces = ["the cat sat on the mat .", "a dog barks .", "where is the station ?"]
    func best(_ lines: [String], limit: Int) throws -> [TranslationResult] {
      try model.translate(lines) {
        ($0.search.scoring.lengthPenalty, $0.maxSourceLength) = (penalty, limit)
      }
    }
    let limit = pieces.map { samplePipeline.encode(Array($0.utf8), side: .source).ids.count }.max() ?? 0
    let apart = try best(pieces, limit: limit).map { $0.alternatives[0] }
    let whole = try best([pieces.joined(separator: " ")], limit: limit)[0]
    try #require(whole.pieces == 3)
    let alpha = Self.alpha(penalty ?? model.usual)
    let sum = apart.reduce(0) { $0 + $1.logProbability }
    #expect(abs(whole.alternatives[0].logProbability - sum) < 1e-9)
    let length = apart.reduce(0) { $0 + Self.length($1, alpha: alpha) }
    #expect(alpha == 0 || abs(Self.length(whole.alternatives[0], alpha: alpha) - length) < 1e-6)
  }

  /// Returns the same hypotheses for every first piece of a line, and others for every second.
  struct FixedDecoder: BatchDecoder {
    let vocabularySize = samplePipeline.vocabularySize(.target)
    let specialTokens = SpecialTokens.standard
    let maxLength = Int.max

    func decode(_ input: DecoderInput) -> [[Hypothesis]] {
      input.numbers.map { number in
        (number % 2 == 0 ? [(-1, 1), (-100.1, 100)] : [(-5, 1), (-5.01, 1)]).map {
          Hypothesis(
            tokens: [4], sums: HypothesisSums(logProbability: $0, length: $1), scoring: Scoring())
        }
      }
    }
  }

  /// What is worse in both pieces is better in total: -105.11 / 101 is greater than -6 / 2.
  @Test func linesInPiecesAreRankedAsAWhole() throws {
    let sentence = "where is the station ?"
    for sampling in [nil, Sampling()] {
      var request = TranslationRequest()
      request.maxSourceLength = samplePipeline.encode(Array(sentence.utf8), side: .source).ids.count
      request.search.sampling = sampling
      let translator = try Translator(
        TranslationService(decoder: FixedDecoder(), pipeline: samplePipeline), request: request)
      let result = try translator.translate([sentence + " " + sentence])[0]
      try #require(result.pieces == 2)
      let scores = result.alternatives.map(\.score)
      #expect(scores == (sampling == nil ? [-105.11 / 101, -3] : [-3, -105.11 / 101]))
    }
  }
}
