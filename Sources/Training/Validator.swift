public import Models

/// Scores a model during training.
///
/// This is a protocol because this library does not depend on decoding; `TrainingSession` connects the two.
public protocol Validator: Sendable {
  /// Scores the model on the validation set.
  ///
  /// - Parameters:
  ///   - model: the current model.
  ///   - update: the number of updates done.
  /// - Returns: its scores, without those that were not requested or could not be computed.
  /// - Throws: an error, which ends the training; ``ValidationInterrupted`` if training is to stop.
  func validate(_ model: TrainedTransformer, update: Int) throws -> ValidationScores
}

/// Thrown by a validation that stops early because training is to stop; it is repeated when the run is resumed.
public struct ValidationInterrupted: Error {
  /// An interruption.
  public init() {}
}
