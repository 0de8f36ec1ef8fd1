public import Models
public import Tokens

/// What concerns models that predict all tokens of a translation at once; all else is in ``SearchOptions``.
public struct NonautoregressiveSearchOptions: Sendable, Equatable {
  /// Predictions one after another, each of which reads what the one before was surest of, with
  /// ``NonautoregressiveMethod/maskPredict``.
  public var iterations = 4
  /// Lengths of a translation that are tried, the most probable ones, where lengths are predicted.
  public var lengthBeam = 5

  /// The defaults.
  public init() {}
}

/// Translates with a model that predicts all tokens of a translation at once, by the method it was trained on.
public struct NonautoregressiveSearch: BatchDecoder {
  private let model: TrainedTransformer
  private let plan: SearchPlan
  private let scoring: Scoring
  private let configuration: NonautoregressiveConfiguration

  /// A search with a model.
  ///
  /// - Throws: where the plan asks for scores that there cannot be.
  /// - Precondition: the model has such a decoder.
  public init(_ model: TrainedTransformer, plan: SearchPlan) throws(SearchOptionsError) {
    guard let configuration = model.architecture.configuration.nonautoregressive else {
      preconditionFailure("NonautoregressiveSearch: no decoder predicts all tokens at once")
    }
    (self.model, self.plan, self.configuration) = (model, plan, configuration)
    scoring = try plan.scoring(for: .nonautoregressive(configuration.method))
  }

  /// Tokens of the target vocabulary.
  public var vocabularySize: Int { model.vocabularySize }

  /// The model's.
  public var specialTokens: SpecialTokens { model.specialTokens }

  /// Positions that the model was made for.
  public var maxLength: Int { model.maxLength }

  /// Translates a batch.
  public func decode(_ input: DecoderInput) -> [[Hypothesis]] {
    let source = input.source
    return stride(from: 0, to: source.count, by: sentencesAtOnce).flatMap { first in
      let sentences = first..<min(first + sentencesAtOnce, source.count)
      let part = TokenBatch(sentences.map { Array(source[sentence: $0]) })
      return decode(part, model.encode(part))
    }
  }

  /// Translates a batch that went through the encoder already.
  func decode(_ source: TokenBatch, _ encoded: SourceEncoding) -> [[Hypothesis]] {
    let rules = (0..<source.count).map { ParallelRules(source[sentence: $0], specialTokens) }
    switch configuration.method {
    case .ctc:
      return CTCSearch(
        beamSize: plan.ctcBeamSize, blank: specialTokens.blank, nBest: plan.nBest,
        computesScores: plan.computesScores, scoring: scoring
      ).search(encoded, vocabularySize: vocabularySize, rules: rules)
    case .length where configuration.ending == .endToken:
      return filledDrafts(encoded, rules: rules)
    case .length:
      return candidates(encoded, rules: rules, iterations: 1) { drafts, visit in
        encoded.predict(stretched: drafts.map { ($0.sentence, $0.tokens.count) }, visit)
      }
    case .maskPredict:
      return candidates(encoded, rules: rules, iterations: plan.nonautoregressive.iterations) {
        drafts, visit in
        encoded.predict(drafts.map { ($0.sentence, $0.maskedTokens) }, visit)
      }
    }
  }

  /// Translations of the most probable lengths, the best of them first.
  ///
  /// Their log-probability is that of their length and tokens. Ghazvininejad et al. 2019, section 3.3, take that of
  /// the tokens alone, which prefers what is short: the more lengths are tried, the more so.
  ///
  /// - Parameters:
  ///   - encoded: the source.
  ///   - rules: what the translations of each sentence may hold.
  ///   - iterations: how often a draft is predicted.
  ///   - predict: predicts every position of some drafts.
  /// - Returns: for each sentence in order at most as many as are asked for.
  private func candidates(
    _ encoded: SourceEncoding, rules: [ParallelRules], iterations: Int,
    predict: ([TokenDraft], SourceEncoding.Visitor) -> Void
  ) -> [[Hypothesis]] {
    let lengths = encoded.lengthLogProbabilities().map { $0.mostProbable(plan.nonautoregressive.lengthBeam) }
    var drafts = lengths.enumerated().flatMap { sentence, lengths in
      lengths.map { TokenDraft(sentence: sentence, length: $0, logProbability: $1, specialTokens) }
    }
    for iteration in 0..<iterations {
      for draft in drafts.indices { drafts[draft].mask(remaining: iterations - iteration, of: iterations) }
      predict(drafts) { draft, position, scores in
        drafts[draft].fill(position, scores, rules[drafts[draft].sentence])
      }
    }
    var results = Array(repeating: [Hypothesis](), count: rules.count)
    for draft in drafts {
      results[draft.sentence].append(draft.hypothesis(ending: .lastRow, scoring: scoring))
    }
    return results.map { Array($0.bestFirst().prefix(plan.nBest)) }
  }

  /// One translation of each sentence, which ends before the first `</s>` of all positions.
  private func filledDrafts(_ encoded: SourceEncoding, rules: [ParallelRules]) -> [[Hypothesis]] {
    var drafts = encoded.greatestLengths.enumerated().map {
      TokenDraft(sentence: $0, length: $1, specialTokens)
    }
    encoded.predict(stretched: drafts.map { ($0.sentence, $0.tokens.count) }) { draft, position, scores in
      drafts[draft].fill(position, scores, rules[draft].withEnd)
    }
    return drafts.map { [$0.endedHypothesis(scoring: scoring)] }
  }
}

/// Sentences that go through the model together: a sentence has rows enough for fast products, and what many have does
/// not stay in the cache.
private let sentencesAtOnce = 16

extension [(length: Int, logProbability: Double)] {
  /// The most probable lengths, of equally probable ones the shorter.
  fileprivate func mostProbable(_ count: Int) -> ArraySlice<Element> {
    sorted { ($1.logProbability, $0.length) < ($0.logProbability, $1.length) }.prefix(count)
  }
}
