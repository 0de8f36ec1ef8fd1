public import Models
public import Tokens

extension TrainedTransformer: StepwiseModel {
  /// The size of the target vocabulary.
  public var vocabularySize: Int { architecture.configuration.targetVocabularySize }

  /// The ids of special tokens in its vocabularies.
  public var specialTokens: SpecialTokens { architecture.configuration.specialTokens }

  /// The number of positions of the model.
  public var maxLength: Int { architecture.configuration.maxPositions }

  /// The log-probabilities by teacher forcing, in one pass.
  public func logProbabilities(of translations: [(sentence: Int, tokens: [TokenID])], source: TokenBatch)
    -> [[Float]]?
  {
    let (encoded, places) = encode(source, only: translations.map(\.sentence))
    return encoded.logProbabilities(zip(places, translations).map { ($0, $1.tokens) })
  }

  /// Encodes some sentences of a batch.
  ///
  /// - Parameters:
  ///   - source: the batch.
  ///   - sentences: indices of sentences, in any order, possibly repeated.
  /// - Returns: the encoded sentences, each once, and the place of each of `sentences` among them.
  func encode(_ source: TokenBatch, only sentences: [Int]) -> (encoded: SourceEncoding, places: [Int]) {
    let used = Set(sentences).sorted()
    let places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    let encoded = encode(TokenBatch(used.map { Array(source[sentence: $0]) }))
    return (encoded, sentences.map { places[$0] ?? 0 })
  }
}

extension DecodingState: StepwiseState {}
