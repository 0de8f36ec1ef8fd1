public import Models

/// A model to start from, instead of random weights.
public struct StartRequest: Sendable, Equatable {
  /// The model folder whose weights, architecture and vocabulary are reused; nil: random weights.
  public var folder: String?
  /// Source texts that it translates before it is trained; the pairs are mixed into the training text, so that it does not
  /// forget what it can do.
  ///
  /// Source: Robins 1995, "Catastrophic Forgetting, Rehearsal and Pseudorehearsal".
  public var replay: [String] = []
  /// Number of times each pair of ``replay`` is seen per epoch.
  @Given public var replayWeight = 1.0
  /// Parts of its weights to freeze.
  public var freeze: [ModelPart] = []

  /// Random weights.
  public init() {}

  func validate(in request: TrainingRequest) throws(TrainingRequestError) {
    if !freeze.isEmpty, folder == nil {
      throw .conflict("'--freeze' keeps what another model has learned; it needs '--initialize-from'")
    }
    if !replay.isEmpty || $replayWeight.isGiven {
      let option = replay.isEmpty ? "--replay-weight" : "--replay"
      if folder == nil {
        throw .conflict("'\(option)' keeps what another model can do; it needs '--initialize-from'")
      }
      if replay.isEmpty { throw .conflict("'--replay-weight' needs '--replay'") }
      if request.distillation.teacher != nil {
        throw .conflict("'--replay' and '--distill-from' both make training text; leave one of them out")
      }
      if replay.contains("-") {
        throw .conflict("'--replay' is read more than once; name a file")
      }
    }
    if request.isAutomatic, folder != nil {
      throw .conflict(
        "'--preset auto' chooses the size of a model, and '--initialize-from' names one; leave one of them out"
      )
    }
  }
}
