/// Model sizes by name.
public enum ModelPreset: String, Sendable, CaseIterable {
  /// 4+4 layers of 128, for tens of thousands of pairs. Source: Wu et al. 2021, section 4.
  case tiny
  /// 6+6 layers of 256, for hundreds of thousands of pairs.
  case small
  /// 6+6 layers of 512. Source: Vaswani et al. 2017, table 3.
  case base
  /// 6+6 layers of 1024. Source: Vaswani et al. 2017, table 3.
  case big

  /// The preset's architecture for vocabularies of the given sizes.
  public func configuration(sourceVocabularySize: Int, targetVocabularySize: Int) -> ModelConfiguration {
    var result = ModelConfiguration(
      sourceVocabularySize: sourceVocabularySize, targetVocabularySize: targetVocabularySize)
    (result.encoderLayers, result.size, result.innerSize, result.heads, result.dropout) =
      switch self {
      case .tiny: (4, 128, 256, 4, 0.3)
      case .small: (6, 256, 1024, 4, 0.3)
      case .base: (6, 512, 2048, 8, 0.1)
      case .big: (6, 1024, 4096, 16, 0.3)
      }
    result.decoderLayers = result.encoderLayers
    return result
  }
}
