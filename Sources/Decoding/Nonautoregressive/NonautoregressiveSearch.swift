public import Models
public import Tokens

/// Options of non-autoregressive models only; options of all models are in ``SearchOptions``.
public struct NonautoregressiveSearchOptions: Sendable, Equatable {
  /// The number of iterations of mask-predict, each of which reads the surest tokens of the previous one; nil for 4.
  public var iterations: Int?
  /// How many of the most probable lengths are tried, if the model predicts lengths; nil for
  /// ``SearchOptions/beamSize``, or 5 if that is nil, too.
  public var lengthBeam: Int?

  /// The defaults.
  public init() {}
}

/// Translates with a non-autoregressive model by the method that it was trained for.
public struct NonautoregressiveSearch: BatchDecoder {
  private let model: TrainedTransformer
  private let plan: SearchPlan
  private let scoring: Scoring
  private let configuration: NonautoregressiveConfiguration

  /// A search with a model.
  ///
  /// - Throws: an error if the plan requires scores that this search cannot compute.
  /// - Precondition: the model has a non-autoregressive decoder.
  public init(_ model: TrainedTransformer, plan: SearchPlan) throws(SearchOptionsError) {
    guard let configuration = model.architecture.configuration.nonautoregressive else {
      preconditionFailure("NonautoregressiveSearch: the model has no non-autoregressive decoder")
    }
    (self.model, self.plan, self.configuration) = (model, plan, configuration)
    scoring = try plan.scoring(for: .nonautoregressive(configuration.method))
  }

  /// The size of the target vocabulary.
  public var vocabularySize: Int { model.vocabularySize }

  /// The model's special tokens.
  public var specialTokens: SpecialTokens { model.specialTokens }

  /// The number of positions of the model.
  public var maxLength: Int { model.maxLength }

  /// Translates a batch; scores translations that are given, with decoders that have a score for them.
  public func decode(_ input: DecoderInput) -> [[Hypothesis]] {
    input.decoded(
      scoring: { input in
        stride(from: 0, to: input.source.count, by: sentencesAtOnce).flatMap { first in
          let part = input.selecting(
            Array(first..<min(first + sentencesAtOnce, input.source.count)))
          return ParallelScorer(
            configuration: configuration, specialTokens: specialTokens, vocabularySize: vocabularySize,
            scoring: scoring
          ).score(part, model.encode(part.source))
        }
      }, searching: translate)
  }

  private func translate(_ input: DecoderInput) -> [[Hypothesis]] {
    let source = input.source
    let limit = parallelPositions(sourceTokens: source.lengths.reduce(0, +))
    return stride(from: 0, to: source.count, by: sentencesAtOnce).flatMap { first in
      let sentences = first..<min(first + sentencesAtOnce, source.count)
      let part = TokenBatch(sentences.map { Array(source[sentence: $0]) })
      return decode(part, model.encode(part), positionsAtOnce: limit)
    }
  }

  /// Translates a batch that is already encoded.
  func decode(_ source: TokenBatch, _ encoded: SourceEncoding) -> [[Hypothesis]] {
    decode(
      source, encoded, positionsAtOnce: parallelPositions(sourceTokens: source.lengths.reduce(0, +)))
  }

  /// Translates a batch that is already encoded, with a limit on the positions that are predicted together.
  private func decode(
    _ source: TokenBatch, _ encoded: SourceEncoding, positionsAtOnce limit: Int
  ) -> [[Hypothesis]] {
    let rules = (0..<source.count).map { ParallelRules(source[sentence: $0], specialTokens) }
    switch configuration.method {
    case .ctc:
      return CTCSearch(
        beamSize: plan.ctcBeamSize, blank: specialTokens.blank, nBest: plan.nBest,
        computesScores: plan.computesScores, scoring: scoring
      ).search(encoded, vocabularySize: vocabularySize, rules: rules)
    case .length where configuration.ending == .endToken:
      return filledDrafts(encoded, rules: rules, positionsAtOnce: limit)
    case .length:
      return candidates(encoded, rules: rules, iterations: 1) { drafts, visit in
        forEachPart(drafts.map(\.tokens.count), positionsAtOnce: limit) { part in
          encoded.predict(stretched: drafts[part].map { ($0.sentence, $0.tokens.count) }) {
            visit($0 + part.lowerBound, $1, $2)
          }
        }
      }
    case .maskPredict:
      return candidates(encoded, rules: rules, iterations: plan.iterations) {
        drafts, visit in
        forEachPart(drafts.map(\.tokens.count), positionsAtOnce: limit) { part in
          encoded.predict(drafts[part].map { ($0.sentence, $0.maskedTokens) }) {
            visit($0 + part.lowerBound, $1, $2)
          }
        }
      }
    }
  }

  /// Translations of the most probable lengths, best first.
  ///
  /// Their log-probability is that of their length and tokens. Ghazvininejad et al. 2019, section 3.3, use that of the
  /// tokens alone, which prefers short translations, and more so the more lengths are tried.
  ///
  /// - Parameters:
  ///   - encoded: the encoded source.
  ///   - rules: the rules for the translations of each sentence.
  ///   - iterations: how often a draft is predicted.
  ///   - predict: predicts every position of the given drafts.
  /// - Returns: for each sentence, at most as many translations as requested.
  private func candidates(
    _ encoded: SourceEncoding, rules: [ParallelRules], iterations: Int,
    predict: ([TokenDraft], SourceEncoding.Visitor) -> Void
  ) -> [[Hypothesis]] {
    let lengths = encoded.lengthLogProbabilities().map { $0.mostProbable(plan.lengthBeam) }
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

  /// One translation of each sentence, which ends before the first `</s>`.
  private func filledDrafts(
    _ encoded: SourceEncoding, rules: [ParallelRules], positionsAtOnce limit: Int
  ) -> [[Hypothesis]] {
    var drafts = encoded.greatestLengths.enumerated().map {
      TokenDraft(sentence: $0, length: $1, specialTokens)
    }
    forEachPart(drafts.map(\.tokens.count), positionsAtOnce: limit) { part in
      encoded.predict(stretched: drafts[part].map { ($0.sentence, $0.tokens.count) }) {
        draft, position, scores in
        drafts[draft + part.lowerBound].fill(position, scores, rules[draft + part.lowerBound].withEnd)
      }
    }
    return drafts.map { [$0.endedHypothesis(scoring: scoring)] }
  }
}

/// Sentences that go through the model together: even one sentence has enough rows for fast matrix products, and the
/// activations of many do not fit into the cache.
private let sentencesAtOnce = 16

extension [(length: Int, logProbability: Double)] {
  /// The most probable lengths; of equally probable ones, the shorter first.
  fileprivate func mostProbable(_ count: Int) -> ArraySlice<Element> {
    sorted { ($1.logProbability, $0.length) < ($0.logProbability, $1.length) }.prefix(count)
  }
}
