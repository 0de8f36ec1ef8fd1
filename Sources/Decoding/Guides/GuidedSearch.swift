import Tokens

/// A search that also follows required phrases, which take a beam.
///
/// Sentences without required phrases are searched as if the others were not there. If no translation with all phrases of a
/// sentence ends, a much wider beam tries again; if that fails too, the best one without the phrases is returned: whoever
/// asked for them checks.
struct GuidedSearch {
  /// The search for sentences without required phrases.
  let strategy: any SearchStrategy

  /// Translates a batch.
  func search(_ input: DecoderInput, model: some StepwiseModel) -> [[Hypothesis]] {
    search(input) { $1.search($0, model: model) }
  }

  /// Translates a batch by any function that translates some of its sentences with a search.
  func search(_ input: DecoderInput, _ translate: (DecoderInput, any SearchStrategy) -> [[Hypothesis]])
    -> [[Hypothesis]]
  {
    let guided = input.guides.indices.filter { !input.guides[$0].required.isEmpty }
    guard !guided.isEmpty else { return translate(input, strategy) }
    var found = [[Hypothesis]](repeating: [], count: input.guides.count)
    for width in [1, 4] {
      let missing = guided.filter { found[$0].isEmpty }
      guard var beam, !missing.isEmpty else { break }
      beam.beamSize *= width
      for (index, translations) in zip(missing, translate(input.selecting(missing), beam))
      where translations.first?.isWhole ?? false { found[index] = translations }
    }
    let rest = found.indices.filter { found[$0].isEmpty }
    if rest.isEmpty { return found }
    let free = translate(input.selecting(rest).withoutRequired, strategy)
    for (index, translations) in zip(rest, free) { found[index] = translations }
    return found
  }

  /// The search for sentences with required phrases; nil for sampling, which cannot plan.
  private var beam: BeamSearch? {
    if let beam = strategy as? BeamSearch {
      var wider = beam
      wider.beamSize = max(beam.beamSize, Self.leastBeam)
      // Groups by phrases take their place.
      (wider.stopRule, wider.groups) = (.settled, BeamGroups())
      return wider
    }
    guard let greedy = strategy as? GreedySearch else { return nil }
    var beam = BeamSearch(beamSize: Self.leastBeam, scoring: greedy.scoring, limits: greedy.limits)
    beam.recordsAttention = greedy.recordsAttention
    return beam
  }

  /// A hypothesis without the phrases, one with them, and some between.
  private static let leastBeam = 5
}

extension DecoderInput {
  /// The same without required phrases.
  fileprivate var withoutRequired: DecoderInput {
    DecoderInput(
      source, numbers: numbers,
      guides: guides.map { guide in
        var guide = guide
        guide.required = []
        return guide
      })
  }
}
