internal import Text

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

  /// Whether text is prepared as the model's package does it; see ``Text/Preprocessing``.
  public var keepsPreprocessing = true
  /// What the package does to text.
  var preprocessing = Preprocessing.none

  /// The files beside the model, and its numbers as they are.
  public init() {}
}

/// The code of a language that a model names; empty if it is none.
func languageCode(_ name: String?) -> String {
  name.flatMap { try? Language(code: $0) }?.code ?? ""
}
