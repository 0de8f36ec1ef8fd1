internal import Models
internal import Tensors
internal import Text

/// How many rows a model's file has for the tokens of each side, which may be more than there are tokens: Marian rounds
/// `dim-vocabs` up, and other formats keep what they were converted from.
///
/// No text has the tokens of rows beyond the vocabulary, and no translation may: they are left out.
struct VocabularyRows: Equatable {
  var source, target: Int

  init(_ configuration: ModelConfiguration) {
    (source, target) = (configuration.sourceVocabularySize, configuration.targetVocabularySize)
  }

  /// The rows of a parameter; nil if it has none for tokens.
  func count(ofParameter name: String) -> Int? {
    switch name {
    case "model.encoder.embed_tokens.weight": source
    case "model.shared.weight", "model.decoder.embed_tokens.weight", "lm_head.weight", "final_logits_bias":
      target
    default: nil
    }
  }

  /// The extents of a parameter in the file.
  func extents(of item: NamedParameter) -> [Int] {
    [count(ofParameter: item.name) ?? item.extents[0]] + item.extents.dropFirst()
  }

  /// Whether so many rows may be those of a vocabulary, rounded up; more would be those of another one.
  static func mayBePadded(_ tokens: Int, to rows: Int) -> Bool {
    tokens <= rows && rows - tokens <= max(256, rows / 8)
  }

  /// What was left out; nil if nothing was.
  func note(_ pipeline: TextPipeline) -> String? {
    let (sourceCount, targetCount) = (pipeline.vocabularySize(.source), pipeline.vocabularySize(.target))
    guard sourceCount < source || targetCount < target else { return nil }
    return "the model has rows for \(source) and \(target) tokens, its vocabulary \(sourceCount) and "
      + "\(targetCount): rows beyond it were left out"
  }
}

extension ModelConfiguration {
  /// Leaves out tokens beyond those of a vocabulary.
  mutating func fit(_ pipeline: TextPipeline) {
    (sourceVocabularySize, targetVocabularySize) = (
      pipeline.vocabularySize(.source), pipeline.vocabularySize(.target)
    )
  }
}
