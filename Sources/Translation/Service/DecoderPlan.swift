import Decoding
import ModelFormats
import Models
import Tensors
import Tokens

/// How the sentences of a request are decoded; requests with equal plans can share batches.
enum DecoderPlan: Sendable, Equatable {
  case autoregressive(SearchOptions)
  case nonautoregressive(SearchOptions)
  /// Drafts of the non-autoregressive decoder, which the autoregressive one scores.
  case drafting(SearchOptions, threshold: Double)
  /// A custom decoder.
  case own
}

/// The model of a service.
enum ServedModel: Sendable {
  /// A model with one decoder or both; a shortlist restricts what the autoregressive one predicts.
  case trained(TrainedTransformer, LexicalShortlist?)
  /// Any autoregressive model, such as an ensemble.
  case stepwise(any StepwiseModel & Sendable)
  /// A custom decoder, which ignores the search options of requests.
  case decoder(any BatchDecoder)

  /// Number of tokens that the model can predict.
  var vocabularySize: Int {
    switch self {
    case .trained(let model, _): model.vocabularySize
    case .stepwise(let model): model.vocabularySize
    case .decoder(let decoder): decoder.vocabularySize
    }
  }

  /// What the matrix products of each model compute with; empty for models of other programs.
  var computeTypes: [ComputeType] {
    switch self {
    case .trained(let model, _): [model.compute]
    case .stepwise(let model): (model as? EnsembleModel<TrainedTransformer>)?.models.map(\.compute) ?? []
    case .decoder: []
    }
  }

  /// The ids of the tokens that do not stand for text.
  var specialTokens: SpecialTokens {
    switch self {
    case .trained(let model, _): model.specialTokens
    case .stepwise(let model): model.specialTokens
    case .decoder(let decoder): decoder.specialTokens
    }
  }

  /// Length of the longest sentence that the model can read or write, including `</s>`.
  var maxLength: Int {
    switch self {
    case .trained(let model, _): model.maxLength
    case .stepwise(let model): model.maxLength
    case .decoder(let decoder): decoder.maxLength
    }
  }

  /// Plans how to decode a request.
  ///
  /// - Throws: ``TranslationError/noDecoder(_:has:)``, or ``TranslationError/search(_:)`` for an option that the decoder
  ///   does not use.
  func plan(_ request: TranslationRequest) throws(TranslationError) -> DecoderPlan {
    guard let kind = try kind(request) else { return .own }
    let search = request.decoding
    do { try search.checkUse(by: kind) } catch { throw .search(error) }
    try request.minimumRisk?.checkUse(by: kind)
    let guiding = [
      ("--glossary", request.glossary != nil), ("--forbid", !request.forbidden.isEmpty),
      ("guidance of single lines", request.guidesLines && !request.onlyScores),
    ]
    if request.onlyScores, !kind.scoresGiven {
      throw .search(
        .unused(
          option: "--score", decoder: kind,
          purpose: "autoregressive decoders, ctc and length, which have a probability for a given translation"
        ))
    }
    if kind != .autoregressive, let (option, _) = guiding.first(where: \.1) {
      throw .search(.unused(option: option, decoder: kind, purpose: "autoregressive decoders"))
    }
    if case .drafting = kind {
      return .drafting(
        search, threshold: request.draftThreshold ?? TranslationRequest.defaultDraftThreshold)
    }
    if request.draftThreshold != nil {
      throw .search(
        .unused(
          option: "--draft-threshold", decoder: kind, purpose: "models with both decoders (--decoder auto)"))
    }
    return kind == .autoregressive ? .autoregressive(search) : .nonautoregressive(search)
  }

  /// The decoder that a request uses; nil for a custom one.
  ///
  /// - Throws: ``TranslationError/noDecoder(_:has:)``.
  func kind(_ request: TranslationRequest) throws(TranslationError) -> DecoderKind? {
    switch self {
    case .decoder: return nil
    case .stepwise:
      if let asked = request.decoder, asked != .autoregressive {
        throw .noDecoder(asked, has: .autoregressive)
      }
      return .autoregressive
    case .trained(let model, _):
      let configuration = model.architecture.configuration
      let choice = try decoderChoice(
        configuration, asked: request.decoder, needsSearch: request.needsSearch)
      guard choice != .autoregressive, let part = configuration.nonautoregressive else {
        return .autoregressive
      }
      return choice == .auto ? .drafting(part) : .nonautoregressive(part)
    }
  }

  /// The decoder for a plan that this model made.
  ///
  /// - Throws: ``TranslationError/search(_:)``.
  func makeDecoder(_ plan: DecoderPlan) throws(TranslationError) -> any BatchDecoder {
    do {
      switch (plan, self) {
      case (.autoregressive(let search), .trained(let model, let shortlist?)):
        return ShortlistedDecoder(model, shortlist, strategy: try SearchPlan(search).makeStrategy())
      case (.autoregressive(let search), .trained(let model, nil)): return try makeSearch(model, search)
      case (.autoregressive(let search), .stepwise(let model)): return try makeSearch(model, search)
      case (.nonautoregressive(let search), .trained(let model, _)):
        return try NonautoregressiveSearch(model, plan: SearchPlan(search))
      case (.drafting(let search, let threshold), .trained(let model, _)):
        return try DraftingDecoder(model, plan: SearchPlan(search), threshold: threshold)
      case (.own, .decoder(let decoder)): return decoder
      default: preconditionFailure("ServedModel: the plan \(plan) belongs to another model")
      }
    } catch {
      throw .search(error)
    }
  }
}

private func makeSearch(_ model: some StepwiseModel & Sendable, _ options: SearchOptions)
  throws(SearchOptionsError) -> any BatchDecoder
{
  AutoregressiveDecoder(model, strategy: try SearchPlan(options).makeStrategy())
}

/// The requested decoder, or by default the best use of those that the model has.
private func decoderChoice(
  _ model: ModelConfiguration, asked: DecoderChoice?, needsSearch: Bool
) throws(TranslationError) -> DecoderChoice {
  guard model.nonautoregressive != nil else {
    if let asked, asked != .autoregressive { throw .noDecoder(asked, has: .autoregressive) }
    return .autoregressive
  }
  guard model.isAutoregressive else {
    if let asked, asked != .nonautoregressive { throw .noDecoder(asked, has: .nonautoregressive) }
    return .nonautoregressive
  }
  return asked ?? (needsSearch ? .autoregressive : .auto)
}
