/// The best validation so far by one metric, and how long ago it was; part of checkpoints.
public struct MetricProgress: Sendable, Equatable {
  /// All scores of the best validation; nil if there is none yet.
  public var scores: ValidationScores?
  /// The update of that validation.
  public var update = 0
  /// The updates whose weights were averaged for its model; nil if it is not an average.
  public var averagedUpdates: [Int]?
  /// Validations since then that were no better.
  public var validationsWithoutProgress = 0
  /// Whether its model was saved as the best by this metric.
  public var isKept = false

  /// No validation yet.
  public init() {}

  /// The best validation so far.
  public init(
    scores: ValidationScores, update: Int, averagedUpdates: [Int]? = nil, isKept: Bool = false
  ) {
    (self.scores, self.update, self.averagedUpdates) = (scores, update, averagedUpdates)
    self.isKept = isKept
  }
}

extension MetricProgress: Codable {
  private enum CodingKeys: String, CodingKey {
    case scores = "best"
    case update, averagedUpdates, validationsWithoutProgress, isKept
  }
}
