public import Models

/// A model whose training continues, instead of weights drawn at random.
public struct StartRequest: Sendable, Equatable {
  /// The model folder whose weights, architecture and vocabulary are taken over; nil: weights are drawn.
  public var folder: String?
  /// Parts of its weights that stay as they are.
  public var freeze: [ModelPart] = []

  /// Weights that are drawn.
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
