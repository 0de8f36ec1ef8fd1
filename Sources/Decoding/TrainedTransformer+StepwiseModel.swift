public import Models
public import Tokens

extension TrainedTransformer: StepwiseModel {
  /// The size of the target vocabulary.
  public var vocabularySize: Int { architecture.configuration.targetVocabularySize }

  /// The ids of special tokens in its vocabularies.
  public var specialTokens: SpecialTokens { architecture.configuration.specialTokens }

  /// The number of positions of the model.
  public var maxLength: Int { architecture.configuration.maxPositions }
}

extension DecodingState: StepwiseState {}
