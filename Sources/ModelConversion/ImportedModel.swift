public import Models
public import Tensors
public import Text

/// A model of another toolkit, in our terms.
public struct ImportedModel: Sendable {
  /// Which toolkit's, and in which form, such as "Marian, model.npz".
  public var origin: String
  /// Architecture and weights.
  public var model: TrainedTransformer
  /// The type in which its matrices are stored.
  public var weightType: WeightType
  /// Its text pipeline.
  public var pipeline: TextPipeline
  /// What a user should know, a line each.
  public var notes: [String]
}
