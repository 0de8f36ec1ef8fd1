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
  /// source.
  package func decode(_ input: DecoderInput) -> [[Hypothesis]] {
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
    let candidates = BatchCandidates(group, shortlist, model)
    let restricted = ShortlistedTransformer(model: model, candidates: candidates)
    // Tokens that are no candidates are never predicted.
    let mapped = group.mappingGuides(to: candidates.tokens) {
      candidates.place(of: $0) ?? SpecialTokens.absent
    }
    return strategy.search(mapped, model: restricted).map { hypotheses in
      hypotheses.map { $0.mappingTokens { candidates.tokens[Int($0)] } }
    }
  }
}
