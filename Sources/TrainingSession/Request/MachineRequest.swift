import Machine
public import Tensors

/// Threads, memory and the precision of products.
public struct MachineRequest: Sendable, Equatable {
  /// Precisions of matrix products.
  public typealias Precision = MatrixPrecision

  /// Precision of matrix products.
  @Given public var precision = Precision.float32
  /// Number of threads; the result depends on it only through ``shards``.
  public var threads = availableProcessors()
  /// Number of shards per batch, which the result depends on; nil: as many as threads.
  public var shards: Int?
  /// Memory limit of the whole process in bytes; nil: what the machine has.
  public var maxMemory: Int?
  /// Whether to measure where the time goes; see ``TrainingOutcome/profile``.
  public var profile = false

  /// All processors.
  public init() {}

  /// The kernels for matrix products on this machine, by their name in `training.json`.
  package static var matrixKernels: String { matrixProductDescription() }

  func validate() throws(TrainingRequestError) {
    guard let problem = precision.problem else { return }
    throw .conflict("'--precision \(precision.rawValue)' is not available: \(problem); leave the option out")
  }
}
