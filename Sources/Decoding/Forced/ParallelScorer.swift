import Models
import Tensors
import Tokens

/// Scores given translations by a non-autoregressive decoder: with the probability that a search would report for them.
///
/// With CTC, that is the sum over all paths that spell a translation; with predicted lengths, the probability of the length,
/// and that of each token in a translation of this length. What a decoder cannot produce, such as a translation longer than the
/// rows of CTC, has the probability 0. Mask-predict has no probability that does not depend on what was masked in each
/// iteration.
struct ParallelScorer {
  let configuration: NonautoregressiveConfiguration
  let specialTokens: SpecialTokens
  let vocabularySize: Int
  let scoring: Scoring

  /// Whether a decoder has a score for given translations.
  static func supports(_ configuration: NonautoregressiveConfiguration) -> Bool {
    configuration.method != .maskPredict
  }

  /// Scores the translations that are given for each sentence.
  ///
  /// - Parameters:
  ///   - input: the sentences with their translations.
  ///   - encoded: the same sentences, encoded.
  /// - Returns: for each sentence as many hypotheses as it has translations, best first; ``Hypothesis/given`` says which one each
  ///   is.
  func score(_ input: DecoderInput, _ encoded: SourceEncoding) -> [[Hypothesis]] {
    let given = input.guides.map { $0.given.map { Array($0.dropLast()) } }
    let found: [[Hypothesis]] =
      switch configuration.method {
      case .ctc: scoredByPaths(input, given, encoded)
      case .length, .maskPredict: scoredByLength(given, encoded)
      }
    return found.map { hypotheses in
      hypotheses.enumerated().map { index, hypothesis in
        var hypothesis = hypothesis
        hypothesis.given = index
        return hypothesis
      }.bestFirst()
    }
  }

  private func scoredByPaths(_ input: DecoderInput, _ given: [[[TokenID]]], _ encoded: SourceEncoding)
    -> [[Hypothesis]]
  {
    var results: [[Hypothesis]] = []
    encoded.predictUpsampled { sentence, scores in
      // What a search never predicts has no share of the probability, unless it is given.
      let rules = ParallelRules(input.source[sentence: sentence], specialTokens)
      for token in rules.forbiddenBesideBlank where !given[sentence].joined().contains(token) {
        for place in stride(from: Int(token), to: scores.count, by: vocabularySize) {
          scores[place] = -.infinity
        }
      }
      let rows = CTCScores(scores, vocabularySize: vocabularySize, blank: specialTokens.blank)
      results.append(given[sentence].map { rows.hypothesis(of: $0, scoring: scoring) })
    }
    return results
  }

  private func scoredByLength(_ given: [[[TokenID]]], _ encoded: SourceEncoding) -> [[Hypothesis]] {
    let endsByToken = configuration.ending == .endToken
    let lengths = endsByToken ? [] : encoded.lengthLogProbabilities()
    let greatest = endsByToken ? encoded.greatestLengths : []
    let pairs = given.enumerated().flatMap { sentence, translations in
      translations.map { tokens in
        var draft = ForcedDraft(tokens, sentence: sentence)
        if endsByToken {
          draft.tokens.append(specialTokens.end)
          draft.length = greatest[sentence]
        } else {
          draft.lengthLogProbability =
            lengths[sentence].first { $0.length == tokens.count }?.logProbability ?? -.infinity
        }
        return draft
      }
    }
    var drafts = pairs
    // A length without probability need not be predicted, and may be longer than the model can be.
    let possible = drafts.indices.filter { !drafts[$0].isImpossible }
    forEachPart(possible.map { drafts[$0].length }, positionsAtOnce: 512) { part in
      let part = Array(possible[part])
      encoded.predict(stretched: part.map { (drafts[$0].sentence, drafts[$0].length) }) {
        drafts[part[$0]].read($1, $2)
      }
    }
    var results = [[Hypothesis]](repeating: [], count: given.count)
    for draft in drafts {
      results[draft.sentence].append(draft.hypothesis(scoring: scoring, endsByToken: endsByToken))
    }
    return results
  }
}

/// A given translation, as a draft of which all tokens are known.
private struct ForcedDraft {
  let sentence: Int
  /// Its tokens, with `</s>` if it ends by it.
  var tokens: [TokenID]
  /// The number of positions that are predicted.
  var length: Int
  var lengthLogProbability = 0.0
  private var logProbabilities: [Double] = []

  init(_ tokens: [TokenID], sentence: Int) {
    (self.tokens, self.sentence, length) = (tokens, sentence, tokens.count)
  }

  /// Whether the model cannot produce it.
  var isImpossible: Bool { lengthLogProbability == -.infinity || tokens.count > length }

  mutating func read(_ position: Int, _ scores: Span<Float>) {
    guard position < tokens.count else { return }
    logProbabilities.append(Double(scores[Int(tokens[position])]) - (scores.logSumExp() ?? .nan))
  }

  func hypothesis(scoring: Scoring, endsByToken: Bool) -> Hypothesis {
    let sum = isImpossible ? -.infinity : logProbabilities.reduce(lengthLogProbability, +)
    return Hypothesis(
      tokens: endsByToken ? Array(tokens.dropLast()) : tokens,
      sums: HypothesisSums(logProbability: sum, length: tokens.count), scoring: scoring,
      tokenLogProbabilities: isImpossible ? [] : logProbabilities.map { Float($0) },
      ending: sum.isNaN ? .invalidScores : endsByToken ? .endToken : .lastRow)
  }
}
