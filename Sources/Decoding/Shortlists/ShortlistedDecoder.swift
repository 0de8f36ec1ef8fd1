package import ModelFormats
package import Models
package import Tokens

/// A Transformer that predicts only the tokens of a lexical shortlist, with the search that chooses between them.
///
/// The output layer then computes a few thousand logits instead of all. A sentence can only be translated to the tokens of
/// its own list, whichever sentences share its batch.
///
/// Source: Jean et al. 2015, "On Using Very Large Target Vocabulary for Neural Machine Translation", section 3.3 (candidate
/// lists); Junczys-Dowmunt et al. 2018, "Marian: Cost-effective High-Quality Neural Machine Translation in C++", section 3.
package struct ShortlistedDecoder: BatchDecoder {
  /// The model.
  package let model: TrainedTransformer
  /// The candidates of each source token.
  package let shortlist: LexicalShortlist
  /// The search that chooses tokens by their scores.
  package let strategy: any SearchStrategy

  /// A decoder from a model with its shortlist, and a search.
  package init(_ model: TrainedTransformer, _ shortlist: LexicalShortlist, strategy: any SearchStrategy) {
    (self.model, self.shortlist, self.strategy) = (model, shortlist, strategy)
  }

  /// The number of tokens that the model can predict.
  package var vocabularySize: Int { model.vocabularySize }

  /// The model's special tokens.
  package var specialTokens: SpecialTokens { model.specialTokens }

  /// False: models with shortlists are those of Marian, whose search excludes `<unk>`.
  package var copiesUnknown: Bool { false }

  /// The model's limit.
  package var maxLength: Int { model.maxLength }

  /// Searches for the translations of a batch, and again, among all tokens, for those that lack an unknown word of the
  /// source; scores those that are given.
  package func decode(_ input: DecoderInput) -> [[Hypothesis]] {
    input.decoded(
      scoring: score,
      finding: { input in
        input.guides.indices.map { sentence in
          restricted(input.selecting([sentence])) {
            AlternativesSearch(strategy: strategy).search($0, model: $1)
          }[0]
        }
      }, searching: search)
  }

  private func search(_ input: DecoderInput) -> [[Hypothesis]] {
    let found = searchInGroups(input, strategy) { GuidedSearch(strategy: strategy).search($0, search) }
    if strategy is SamplingSearch { return found }
    let recovered = UnknownRecovery(model: model, strategy: strategy, bonuses: UnknownBonus.strong)
      .recover(input, found)
    return RepetitionGuard(strategy: strategy, end: specialTokens.end)
      .replace(input, recovered, by: search)
  }

  /// The model's cross-attention, as it aligns words.
  package func attention(of translation: [TokenID], to source: [TokenID]) -> [[Float]] {
    ForcedReading(translation, of: source, by: model).attention
  }

  /// Searches among the candidates of some sentences.
  private func search(_ group: DecoderInput, _ strategy: any SearchStrategy) -> [[Hypothesis]] {
    restricted(group) { strategy.search($0, model: $1) }
  }

  /// Scores given translations, each among the candidates of its sentence and its own tokens.
  private func score(_ input: DecoderInput) -> [[Hypothesis]] {
    let sentences = input.guides.indices.flatMap { sentence in
      input.guides[sentence].given.indices.map { (sentence: sentence, index: $0) }
    }
    // Candidates belong to sentences: each translation gets one for itself.
    let apart = DecoderInput(
      TokenBatch(sentences.map { Array(input.source[sentence: $0.sentence]) }),
      guides: sentences.map { place in
        var guide = SentenceGuide()
        guide.given = [input.guides[place.sentence].given[place.index]]
        return guide
      })
    let scorer = TranslationScorer(strategy)
    var found = [[Hypothesis]](repeating: [], count: input.guides.count)
    // Parts that the scorer does not divide further, so that it keeps the order of their sentences.
    let lengths = apart.guides.map { $0.given[0].count }
    forEachPart(lengths, positionsAtOnce: TranslationScorer.tokensTogether) { part in
      let scored = restricted(apart.selecting(Array(part))) { scorer.score($0, by: $1) }
      for (place, hypotheses) in zip(sentences[part], scored) {
        var hypothesis = hypotheses[0]
        hypothesis.given = place.index
        found[place.sentence].append(hypothesis)
      }
    }
    return found.map { $0.bestFirst() }
  }

  /// The hypotheses of a model that predicts only the candidates of some sentences.
  private func restricted(
    _ group: DecoderInput, _ find: (DecoderInput, ShortlistedTransformer) -> [[Hypothesis]]
  ) -> [[Hypothesis]] {
    let candidates = SentenceCandidates.all(group, shortlist, model)
    // Tokens that are no candidates are never predicted.
    let mapped = group.mappingGuides { sentence, guide in
      guide.mapped(to: candidates[sentence].tokens) {
        candidates[sentence].place(of: $0) ?? SpecialTokens.absent
      }
    }
    let found = find(mapped, ShortlistedTransformer(model: model, candidates: candidates))
    return zip(candidates, found).map { candidates, hypotheses in
      hypotheses.map { $0.mappingTokens { candidates.tokens[Int($0)] } }
    }
  }
}
