import Decoding
import Models
import Tokens

/// How a request's sentences are decoded; those of equal plans can share a batch.
enum DecoderPlan: Sendable, Equatable {
  case autoregressive(SearchOptions)
  case nonautoregressive(SearchOptions)
  /// Drafts of the non-autoregressive decoder, judged by the other.
  case drafting(SearchOptions, threshold: Double)
  /// By a decoder of the program's own.
  case own
}

/// What a service translates with.
enum ServedModel: Sendable {
  /// A model with one decoder or both.
  case trained(TrainedTransformer)
  /// Any model that predicts token by token, such as an ensemble.
  case stepwise(any StepwiseModel & Sendable)
  /// A decoder that searches in its own way, whatever a request says of the search.
  case decoder(any BatchDecoder)

  /// Tokens that it can predict.
  var vocabularySize: Int {
    switch self {
    case .trained(let model): model.vocabularySize
    case .stepwise(let model): model.vocabularySize
    case .decoder(let decoder): decoder.vocabularySize
    }
  }

  /// The ids of its tokens that do not stand for text.
  var specialTokens: SpecialTokens {
    switch self {
    case .trained(let model): model.specialTokens
    case .stepwise(let model): model.specialTokens
    case .decoder(let decoder): decoder.specialTokens
    }
  }

  /// The longest sentence that it can read or write, `</s>` included.
  var maxLength: Int {
    switch self {
    case .trained(let model): model.maxLength
    case .stepwise(let model): model.maxLength
    case .decoder(let decoder): decoder.maxLength
    }
  }

  /// How a request is decoded.
  ///
  /// - Throws: ``TranslationError/noDecoder(_:has:)``.
  func plan(_ request: TranslationRequest) throws(TranslationError) -> DecoderPlan {
    switch self {
    case .decoder: return .own
    case .stepwise: return .autoregressive(request.search)
    case .trained(let model):
      switch try decoderChoice(model.architecture.configuration, asked: request.decoder) {
      case .autoregressive: return .autoregressive(request.search)
      case .nonautoregressive: return .nonautoregressive(request.search)
      case .auto: return .drafting(request.search, threshold: request.draftThreshold)
      }
    }
  }

  /// The decoder of a plan that this model made.
  ///
  /// - Throws: ``TranslationError/search(_:)``.
  func makeDecoder(_ plan: DecoderPlan) throws(TranslationError) -> any BatchDecoder {
    do {
      switch (plan, self) {
      case (.autoregressive(let search), .trained(let model)): return try makeSearch(model, search)
      case (.autoregressive(let search), .stepwise(let model)): return try makeSearch(model, search)
      case (.nonautoregressive(let search), .trained(let model)):
        return try NonautoregressiveSearch(model, plan: SearchPlan(search))
      case (.drafting(let search, let threshold), .trained(let model)):
        return try DraftingDecoder(model, plan: SearchPlan(search), threshold: threshold)
      case (.own, .decoder(let decoder)): return decoder
      default: preconditionFailure("ServedModel: the plan \(plan) is of another model")
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

/// The decoder that was asked for, or the best use of those that a model has.
private func decoderChoice(_ model: ModelConfiguration, asked: DecoderChoice?) throws(TranslationError)
  -> DecoderChoice
{
  guard model.nonautoregressive != nil else {
    if let asked, asked != .autoregressive { throw .noDecoder(asked, has: .autoregressive) }
    return .autoregressive
  }
  guard model.isAutoregressive else {
    if let asked, asked != .nonautoregressive { throw .noDecoder(asked, has: .nonautoregressive) }
    return .nonautoregressive
  }
  return asked ?? .auto
}
