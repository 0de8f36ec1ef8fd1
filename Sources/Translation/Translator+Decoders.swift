import Decoding
public import Models
public import Text

extension Translator {
  /// A translator with a model, by the decoder that it has or that ``TranslationOptions/decoder`` names.
  ///
  /// - Throws: ``TranslationError`` as ``init(decoder:pipeline:options:)``, or where there is no such decoder.
  public init(trained model: TrainedTransformer, pipeline: TextPipeline, options: TranslationOptions)
    throws(TranslationError)
  {
    try self.init(trained: model, pipeline: pipeline, options: options, plan: options.makePlan())
  }

  init(
    trained model: TrainedTransformer, pipeline: TextPipeline, options: TranslationOptions, plan: SearchPlan
  ) throws(TranslationError) {
    let choice = try decoderChoice(model.architecture.configuration, asked: options.decoder)
    let decoder: any BatchDecoder
    do { decoder = try makeDecoder(choice, of: model, plan, draftThreshold: options.draftThreshold) } catch {
      throw .search(error)
    }
    try self.init(checked: options, decoder: decoder, pipeline: pipeline)
  }
}

private func makeDecoder(
  _ choice: DecoderChoice, of model: TrainedTransformer, _ plan: SearchPlan, draftThreshold: Double
) throws(SearchOptionsError) -> any BatchDecoder {
  switch choice {
  case .autoregressive: AutoregressiveDecoder(model, strategy: plan.makeStrategy())
  case .nonautoregressive: try NonautoregressiveSearch(model, plan: plan)
  case .auto: try DraftingDecoder(model, plan: plan, threshold: draftThreshold)
  }
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
