public import Models
public import Tokens

extension TrainedTransformer: StepwiseModel {
  /// Tokens of the target vocabulary.
  public var vocabularySize: Int { architecture.configuration.targetVocabularySize }

  /// The ids that its vocabularies have for tokens without text.
  public var specialTokens: SpecialTokens { architecture.configuration.specialTokens }

  /// Positions that the model was made for.
  public var maxLength: Int { architecture.configuration.maxPositions }
}

extension DecodingState: StepwiseState {}
