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
    switch try decoderChoice(model.architecture.configuration, asked: options.decoder) {
    case .autoregressive:
      try self.init(model: model, pipeline: pipeline, options: options)
    case .nonautoregressive:
      try self.init(
        decoder: NonautoregressiveSearch(model, options: options.nonautoregressive), pipeline: pipeline,
        options: options)
    case .auto:
      let strategy: any SearchStrategy
      do { strategy = try options.search.makeStrategy() } catch { throw .search(error) }
      var drafts = options.nonautoregressive
      // As many as there are: the other decoder chooses.
      drafts.nBest = max(drafts.lengthBeam, drafts.beamSize)
      try self.init(
        decoder: DraftingDecoder(
          model, drafts: drafts, strategy: strategy, threshold: options.draftThreshold),
        pipeline: pipeline, options: options)
    }
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
