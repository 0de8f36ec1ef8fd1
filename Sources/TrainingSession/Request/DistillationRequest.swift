/// Sequence-level knowledge distillation: the model learns a teacher's translations of the training text.
///
/// Source: Kim and Rush 2016, "Sequence-Level Knowledge Distillation".
public struct DistillationRequest: Sendable, Equatable {
  /// The teacher's model folder; nil: the given translations are learned.
  public var teacher: String?
  /// Beam size of the teacher.
  @Given public var beam = 5
  /// Whether the given translations are learned too.
  public var withOriginal = false

  /// No distillation.
  public init() {}

  func validate(in request: TrainingRequest) throws(TrainingRequestError) {
    guard teacher != nil else {
      guard $beam.isGiven || withOriginal else { return }
      throw .conflict(
        "'\($beam.isGiven ? "--distill-beam" : "--distill-with-original")' needs '--distill-from'")
    }
    if request.isAutomatic {
      throw .conflict(
        "'--preset auto' looks at the text before it is translated; choose another preset with '--distill-from'"
      )
    }
    if !request.alignmentInUse.files.isEmpty, !request.alignmentInUse.isAutomatic {
      throw .conflict(
        "'--guided-alignment' has alignments of the given translations, not of those of '--distill-from'; give "
          + "'--guided-alignment auto', which aligns these")
    }
    if request.files.trainSource.contains("-") {
      throw .conflict(
        "'--distill-from' reads the training text more than once; name a file for '--train-source'")
    }
  }
}
