public import Decoding
public import Terminology

/// Which decoder of a model translates.
public enum DecoderChoice: String, Sendable, CaseIterable {
  /// The autoregressive decoder.
  case autoregressive
  /// The non-autoregressive decoder.
  case nonautoregressive
  /// The non-autoregressive decoder drafts; the autoregressive one scores the drafts and translates if none is good
  /// enough.
  case auto
}

/// Whether lines are split into sentences, each of which is translated by itself.
public enum SentenceSplitting: String, Sendable, CaseIterable {
  /// If the model was trained on lines of single sentences, as `sentences_per_line` in `pipeline.json` says.
  case automatic = "auto"
  /// Always.
  case always
  /// Never, for models that read several sentences at once.
  case never

  /// Sentences per line above which a text counts as one of paragraphs.
  static let paragraphs = 1.5
}

/// Which translations to find, and how to read the source text.
///
/// Requests with the same decoder and search options share batches, even if they differ in other options.
public struct TranslationRequest: Sendable, Equatable {
  /// Which translations to find, and how many to return.
  public var search = SearchOptions()
  /// The decoder to use; nil for the model's only decoder, or ``DecoderChoice/auto`` if it has both.
  public var decoder: DecoderChoice?
  /// The mean log-probability per token that a draft must reach, from -1000 to 0, with ``DecoderChoice/auto``; nil for
  /// ``defaultDraftThreshold``.
  ///
  /// A model that reaches 44.2 BLEU with a beam of 5 on Multi30k's validation text, and 39.8 with its drafts alone,
  /// reaches 43.7 with the default and 42.3 with -1.
  public var draftThreshold: Double?
  /// Number of source tokens above which a line is translated in pieces.
  ///
  /// Models do poorly on sentences that are longer than those they were trained on.
  public var maxSourceLength = 200
  /// Whether lines are split into sentences.
  public var sentenceSplitting = SentenceSplitting.automatic
  /// The tag of every line, such as `<2de>`, for a model that was trained with tags; nil if each line may begin with
  /// its own.
  ///
  /// If set, lines are plain text from their first character on, even if they begin with the characters of a tag. So a
  /// program that translates text written by others controls the target language.
  public var sourceTag: String?
  /// Terms with the translations that they must have; nil for none.
  ///
  /// Where the source has a term, the translation gets one of its forms, unless no translation with it can be found. An
  /// autoregressive decoder searches for it, with a beam of 5 at least; other decoders and sampling do not.
  public var glossary: Glossary?
  /// What terms do to translations; nil for both if the model was trained with their translations, else for
  /// ``TermUse/require``.
  public var termUse: TermUse?
  /// How the words of terms are compared with those of the source.
  public var termMatching = TermMatching.exact
  /// What translations must contain as it is, such as placeholders, addresses and tags.
  ///
  /// Lines without any are translated as if nothing were protected.
  public var protection = Protection()
  /// Words that no translation may contain, as they are and as the first word of a sentence; autoregressive decoders only.
  public var forbidden: [String] = []
  /// Whether results say which source words the words of a translation come from; autoregressive decoders only.
  public var alignsWords: Bool {
    get { search.recordsAttention }
    set { search.recordsAttention = newValue }
  }

  /// Chooses translations by minimum Bayes risk instead of taking the most probable ones; nil to search as usual.
  public var minimumRisk: MinimumRisk?
  /// Whether results list the tokens of translations with their probabilities.
  public var reportsTokens = false
  /// Whether results say how long they took.
  public var reportsTiming = false
  /// Whether results say how sure translations and their words are; only for models that `calibrate-model` has calibrated.
  public var reportsConfidence = false
  /// Whether results list words with their probabilities.
  package var reportsWords = false
  /// Whether words are needed.
  var needsWords: Bool { reportsConfidence || reportsWords }
  /// Whose request it is; nil for a share of the threads of its own.
  ///
  /// All open calls of a client have one share together.
  public var client: String?
  /// Whether lines may ask for what only a search can do: see ``SourceLine``.
  ///
  /// A model with both decoders then translates with the autoregressive one.
  public var guidesLines = false
  /// Whether the translations of all lines are given, and only scored.
  ///
  /// Non-autoregressive decoders can then be used, too, unless they predict by mask-predict.
  public var onlyScores = false
  /// Whether only a search can do what is asked for.
  var needsSearch: Bool {
    requiresTerms || !forbidden.isEmpty || alignsWords || guidesLines || search.limits != SearchLimits()
      || minimumRisk?.source == .samples
  }

  /// Whether a search looks for terms.
  private var requiresTerms: Bool { glossary != nil && termUse?.requires != false }

  /// The options of the search for translations, or for the candidates from which they are chosen.
  var decoding: SearchOptions { minimumRisk?.options(search) ?? search }

  /// -0.4.
  public static let defaultDraftThreshold = -0.4

  /// The defaults: a beam of 5, one translation per line.
  public init() {}

  /// Checks every value that does not depend on the model.
  public func validate() throws(TranslationError) {
    try requireRange("maximum source length", maxSourceLength, 1...100_000)
    // A NaN would also equal no other threshold, and so find no batch.
    let draftThreshold = draftThreshold ?? Self.defaultDraftThreshold
    guard draftThreshold >= -1000, draftThreshold <= 0 else {
      throw .search(
        .outOfRange(
          option: "draft threshold", found: "\(draftThreshold)", expected: "a number from -1000 to 0"))
    }
    try minimumRisk?.validate(nBest: search.nBest)
    do { _ = try SearchPlan(decoding) } catch { throw .search(error) }
    try protection.validate()
    if requiresTerms, search.stopRule != .settled || search.groups.count > 1 {
      throw .search(
        .outOfRange(
          option: search.groups.count > 1 ? "number of beam groups" : "stop rule",
          found: search.groups.count > 1 ? "\(search.groups.count)" : "\(search.stopRule)",
          expected: "the usual one with a glossary, whose terms divide the beam; leave it out, or --glossary")
      )
    }
    if requiresTerms, decoding.sampling != nil {
      let remedy = minimumRisk == nil ? "leave out --sample" : "add --mbr-from beam"
      throw .search(
        .outOfRange(
          option: "sampling", found: "on",
          expected: "off with a glossary, whose terms a search looks for; \(remedy) or leave out --glossary"))
    }
  }
}
