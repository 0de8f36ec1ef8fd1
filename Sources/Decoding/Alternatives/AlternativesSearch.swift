import Tokens

/// Finds the likely next words at a place of a translation, and the best translation that goes on with each: what a
/// translator's editor offers to complete or replace a word.
///
/// Source: Barrachina et al. 2009, "Statistical Approaches to Computer-Assisted Translation", for completing a translation
/// behind a prefix that the user accepted; Green, Wang et al. 2014, "Human Effort and Machine Learnability in Computer Aided
/// Translation", for alternatives.
struct AlternativesSearch {
  /// The search for the rest of each translation.
  let strategy: any SearchStrategy

  /// The alternatives of sentences whose guide has a ``SentenceGuide/place``.
  ///
  /// - Returns: for each sentence the translations with different words at the place, by the probability of the word.
  func search<Model: StepwiseModel>(_ input: DecoderInput, model: Model) -> [[Hypothesis]] {
    input.guides.indices.map { sentence in
      alternatives(input.selecting([sentence]), model: model)
    }
  }

  private func alternatives<Model: StepwiseModel>(_ input: DecoderInput, model: Model) -> [Hypothesis] {
    guard let place = input.guides[0].place else { return [] }
    var free = input.guides[0]
    (free.place, free.prefix, free.required) = (nil, nil, [])
    let search = continuation
    let searched = DecoderInput(input.source, numbers: input.numbers, guides: [free])
    guard let rules = search.limits.rules(for: searched, model).first else { return [] }
    let width = max(Self.leastWidth, 2 * place.count, (search as? BeamSearch)?.beamSize ?? 1)
    var candidates = WordCandidates(place, searched, rules, width: width, model: model)
    let words = candidates.search()
    // Nothing may follow if the model's scores are not finite, or no word begins as it should.
    guard !words.isEmpty else { return search.search(searched, model: model)[0] }
    // One by one: a model may know the sentences of its batch.
    return words.map { word in
      let given = TokenPrefix(place.before + word.tokens + (word.tokens.isEmpty ? word.next : []))
      var guide = free
      guide.prefix =
        word.tokens.isEmpty
        ? given
        : given.followed(
          by: TokenPrefix(nodes: [Dictionary(uniqueKeysWithValues: word.next.map { ($0, 1) })]))
      let rest = DecoderInput(input.source, numbers: input.numbers, guides: [guide])
      var best = search.search(rest, model: model)[0][0]
      let start = place.before.count
      best.nextWord = NextWord(
        tokens: (start..<start + word.tokens.count).clamped(to: 0..<best.tokens.count),
        probability: word.probability)
      return best
    }
  }

  /// The search for one translation each.
  private var continuation: any SearchStrategy {
    guard var beam = strategy as? BeamSearch else { return strategy }
    beam.nBest = 1
    return beam
  }

  /// Unfinished words that are kept at least.
  private static let leastWidth = 16
}
