public import Models

/// A model to start from, instead of random weights.
public struct StartRequest: Sendable, Equatable {
  /// The model folder whose weights, architecture and vocabulary are reused; nil: random weights.
  public var folder: String?
  /// Parts of its weights to freeze.
  public var freeze: [ModelPart] = []

  /// Random weights.
  public init() {}

  func validate(in request: TrainingRequest) throws(TrainingRequestError) {
    if !freeze.isEmpty, folder == nil {
      throw .conflict("'--freeze' keeps what another model has learned; it needs '--initialize-from'")
    }
    if request.isAutomatic, folder != nil {
      throw .conflict(
        "'--preset auto' chooses the size of a model, and '--initialize-from' names one; leave one of them out"
      )
    }
  }
}
