internal import Text
internal import Tokens

/// The tokens of both sides of a model, by their ids.
struct ExportedVocabulary {
  let source, target: [String]
  /// Whether both sides have the same tokens with the same ids.
  var isShared: Bool { source == target }

  /// The tokens of a pipeline.
  ///
  /// - Throws: ``ModelConversionError/notExportable(folder:format:what:advice:)`` for tokens that are no text.
  init(_ model: ExportedModel, for format: ExportFormat) throws(ModelConversionError) {
    func tokens(_ side: TextPipeline.Side) throws(ModelConversionError) -> [String] {
      let vocabulary = model.pipeline.vocabulary(side)
      var tokens: [String] = []
      for id in 0..<TokenID(vocabulary.count) {
        guard let text = String(validating: vocabulary[id], as: UTF8.self) else {
          throw model.notExportable(
            format, "token \(id) is not UTF-8", "export a model with another vocabulary")
        }
        tokens.append(text)
      }
      return tokens
    }
    source = try tokens(.source)
    target = model.pipeline.isJoint ? source : try tokens(.target)
  }
}

extension ExportedModel {
  /// The SentencePiece model of a side; nil for another segmentation.
  func sentencePiece(_ side: TextPipeline.Side) -> SentencePieceModel? {
    (pipeline.segmentation(side) as? SentencePieceSegmentation)?.model
  }

  /// The name of a token of the target; nil for one that the vocabulary does not have.
  func name(of token: TokenID) -> String? {
    token == SpecialTokens.absent
      ? nil : String(decoding: pipeline.vocabulary(.target)[token], as: UTF8.self)
  }
}
