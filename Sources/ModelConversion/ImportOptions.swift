/// How a model is imported.
public struct ImportOptions: Sendable {
  /// Vocabulary files of source and target, or one for both; empty for those beside the model.
  public var vocabularies: [String] = []
  /// Whether matrices that are stored as bytes stay bytes; otherwise they become floats.
  public var keepsBytes = true
  /// The language of the source as a BCP 47 code; empty if unknown.
  public var sourceLanguage = ""
  /// The language of the target as a BCP 47 code; empty if unknown.
  public var targetLanguage = ""

  /// The files beside the model, and its numbers as they are.
  public init() {}
}
