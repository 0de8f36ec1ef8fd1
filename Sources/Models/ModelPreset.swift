internal import Layers
internal import Tokens

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
  /// 6 encoder layers and 2 recurrent decoder layers of 256: a fast model, to be trained with the translations of a better
  /// one. Its arithmetic is Marian's, so that it can be exported.
  ///
  /// Source: Bogoychev et al. 2020, "Edinburgh's Submissions to the 2020 Machine Translation Efficiency Task", section 3
  /// ("tiny").
  case student

  /// The presets of the paper's architecture, by size.
  public static let sizes: [ModelPreset] = [.tiny, .small, .base, .big]

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
      case .student: (6, 256, 1536, 8, 0)
      }
    result.decoderLayers = result.encoderLayers
    if self == .student {
      (result.decoderLayers, result.decoderCell) = (2, .ssru)
      result.specialTokens.beginning = SpecialTokens.absent
      (result.positionLayout, result.hasOutputBias, result.normEpsilon) = (.marian, true, 1e-6)
    }
    return result
  }
}
