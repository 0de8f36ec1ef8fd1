/// What SentencePiece learns.
public struct SentencePieceLearning: Sendable, Equatable {
  /// How text is split into pieces.
  public enum ModelType: String, Sendable, CaseIterable {
    /// The most likely pieces (Kudo 2018).
    case unigram
    /// Merges of pairs of pieces (Sennrich et al. 2016).
    case bpe
  }

  /// How text is split into pieces.
  public var modelType = ModelType.unigram
  /// Number of pieces, including special tokens and tags.
  public var vocabularySize = 8000
  /// The share of the text's characters that become pieces, above 0 and at most 1; the rarest are left out.
  public var characterCoverage = 0.9995
  /// Whether characters that are not pieces are spelled with 256 pieces of bytes, so that nothing is unknown.
  public var spellsBytes = false
  /// Text that is always one piece.
  public var userDefinedSymbols: [String] = []

  /// The default values of SentencePiece.
  public init() {}
}
