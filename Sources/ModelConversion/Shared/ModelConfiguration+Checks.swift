internal import Models
internal import Text
internal import Tokens

extension ModelConfiguration {
  /// Checks that there can be such a model here.
  ///
  /// - Throws: ``ModelConversionError/unsupported(path:what:advice:)``.
  func requirePossible(path: String) throws(ModelConversionError) {
    guard let problem else { return }
    throw .unsupported(path: path, what: "this model", advice: "no such model is possible here: \(problem)")
  }

  /// Checks that the vocabulary has the model's special tokens.
  ///
  /// - Throws: ``ModelConversionError/unsupported(path:what:advice:)``.
  func requireTokens(of pipeline: TextPipeline, path: String) throws(ModelConversionError) {
    guard !pipeline.specialTokens.suit(model: specialTokens) else { return }
    throw .unsupported(
      path: path,
      what: "a model with other special tokens (\(specialTokens)) than its vocabulary "
        + "(\(pipeline.specialTokens))", advice: "give the vocabulary that the model was trained with")
  }
}
