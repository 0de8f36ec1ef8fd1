import Models

extension TrainingRequest {
  /// The architecture for vocabularies of the given sizes: the preset, overridden by the settings given.
  ///
  /// - Throws: ``TrainingRequestError`` for parts that do not fit together.
  func configuration(
    sourceVocabulary: Int, targetVocabulary: Int, isJoint: Bool
  ) throws(TrainingRequestError) -> ModelConfiguration {
    var result = sizedConfiguration(sourceVocabulary: sourceVocabulary, targetVocabulary: targetVocabulary)
    result.innerSize = architecture.innerSize ?? result.innerSize
    (result.activation, result.normPlacement) = (architecture.activation, architecture.normPlacement)
    result.tying = architecture.tying ?? (isJoint ? .all : .decoder)
    (result.positions, result.initialization) = (architecture.positions, architecture.initialization)
    result.usesBias = !architecture.biasFree
    result.decoderCell = architecture.decoderCell ?? result.decoderCell
    // Includes the end token. Computed positions are free, so longer lines than in training can be translated; a
    // learned position that no sentence reached would be noise.
    let longest = batches.maxLength + 1
    result.maxPositions = result.positions == .learned ? longest : max(result.maxPositions, longest)
    decoder.apply(to: &result)
    if result.tying == .all && !isJoint {
      throw .conflict("'--tie all' needs a joint vocabulary; use --tie decoder, or build-vocab --joint")
    }
    if let problem = result.problem { throw .conflict("no such model is possible: \(problem)") }
    return result
  }

  /// The preset, overridden by the layers, sizes and rates given.
  func sizedConfiguration(sourceVocabulary: Int, targetVocabulary: Int) -> ModelConfiguration {
    var result = architecture.sizePreset.configuration(
      sourceVocabularySize: sourceVocabulary, targetVocabularySize: targetVocabulary)
    result.encoderLayers = architecture.encoderLayers ?? result.encoderLayers
    result.decoderLayers = architecture.decoderLayers ?? result.decoderLayers
    result.size = architecture.size ?? result.size
    result.heads = architecture.heads ?? result.heads
    result.dropout = regularization.dropout.map { Float($0) } ?? result.dropout
    result.attentionDropout = Float(regularization.attentionDropout)
    result.activationDropout = Float(regularization.activationDropout)
    return result
  }
}
