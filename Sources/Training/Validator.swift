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

  /// Scores the model in several processes, all of which call this at the same time with equal models.
  ///
  /// By default, the first process validates, and the others wait for its scores. A validator may instead give each
  /// process a share of the work, if the scores do not depend on how many there are.
  ///
  /// - Parameters:
  ///   - model: the current model.
  ///   - update: the number of updates done.
  ///   - reducer: connects the processes.
  /// - Returns: its scores, the same in every process.
  /// - Throws: an error in all processes if there is one in any; ``ValidationInterrupted`` in all of them if training is
  ///   to stop in any.
  func validate(_ model: TrainedTransformer, update: Int, with reducer: any GradientReducer) throws
    -> ValidationScores
}

extension Validator {
  /// Validates in the first process.
  public func validate(_ model: TrainedTransformer, update: Int, with reducer: any GradientReducer) throws
    -> ValidationScores
  {
    try reducer.scoresFromFirst { try validate(model, update: update) }
  }
}

/// Thrown by a validation that stops early because training is to stop; it is repeated when the run is resumed.
public struct ValidationInterrupted: Error {
  /// An interruption.
  public init() {}
}
