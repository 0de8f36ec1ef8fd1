public import Models

/// Scores a model in the middle of training.
///
/// A protocol, since training does not know decoding: the command joins the two.
public protocol Validator: Sendable {
  /// Scores the model on the validation set.
  ///
  /// - Parameters:
  ///   - model: as it is after the update.
  ///   - update: updates done.
  /// - Returns: its scores, those left out that were not asked for or could not be found.
  /// - Throws: what ends the training; ``ValidationInterrupted`` where somebody asked for its end meanwhile.
  func validate(_ model: TrainedTransformer, update: Int) throws -> ValidationScores
}

/// A validation that was given up, since training is to end: it is made up for when the run is resumed.
public struct ValidationInterrupted: Error {
  /// Nothing to tell beside that.
  public init() {}
}
