package import Models
package import Training

extension TrainingRequest {
  /// The architecture that would be trained, and how, before there is a vocabulary or a text.
  ///
  /// - Parameters:
  ///   - sourceVocabulary: tokens of the source vocabulary.
  ///   - targetVocabulary: tokens of the target vocabulary.
  ///   - isJoint: whether both sides share one vocabulary.
  /// - Returns: the architecture, and the settings of its updates.
  /// - Throws: ``TrainingRequestError`` for settings that do not fit together or to this machine, and for the preset `auto`,
  ///   which needs a text.
  package func description(
    sourceVocabulary: Int, targetVocabulary: Int, isJoint: Bool
  ) throws(TrainingRequestError) -> (model: ModelConfiguration, trainer: TrainerOptions) {
    if isAutomatic {
      throw .conflict(
        "'--preset auto' chooses a size from the text; train-translation --plan prints what it chooses, name another preset here"
      )
    }
    try validateRanges()
    try machine.validate()
    try decoder.validate(in: self)
    let settings = try resolved(
      ResolutionContext(
        sourceVocabulary: sourceVocabulary, targetVocabulary: targetVocabulary, isJoint: isJoint,
        vocabularyFolder: ""))
    return (settings.model, settings.trainer)
  }
}
