/// Pipelines with byte pair encoding, from their parts.
extension TextPipeline {
  /// A pipeline whose sides share merges and vocabulary.
  ///
  /// - Precondition: `settings.joint` is true, and the segmentation is byte pair encoding.
  public init(settings: TextPipelineSettings, encoding: BytePairEncoding, vocabulary: Vocabulary) {
    precondition(settings.joint, "TextPipeline: one vocabulary, settings say two")
    self.init(settings, (encoding, vocabulary), (encoding, vocabulary))
  }

  /// A pipeline whose sides have separate merges and vocabularies.
  ///
  /// - Precondition: `settings.joint` is false, and the segmentation is byte pair encoding.
  public init(settings: TextPipelineSettings, source: BytePairPart, target: BytePairPart) {
    precondition(!settings.joint, "TextPipeline: two vocabularies, settings say one")
    self.init(settings, source, target)
  }

  private init(_ settings: TextPipelineSettings, _ source: BytePairPart, _ target: BytePairPart) {
    switch settings.tokenizer {
    case .icu:
      let pair = ICUBytePairs.pair(source, target, settings)
      self.init(settings: settings, source: pair.source, target: pair.target)
    case .whitespace:
      let pair = WhitespaceBytePairs.pair(source, target, settings)
      self.init(settings: settings, source: pair.source, target: pair.target)
    case nil:
      preconditionFailure("TextPipeline: merges for a segmentation '\(settings.segmentation)'")
    }
  }
}
