import Machine
public import Tensors

/// Threads, memory and the precision of products.
public struct MachineRequest: Sendable, Equatable {
  /// What factors of matrix products can be rounded to.
  public typealias Precision = MatrixPrecision

  /// What factors of matrix products are rounded to.
  @Given public var precision = Precision.float32
  /// Threads that work; the result does not depend on them.
  public var threads = availableProcessors()
  /// Parts of a batch, on which the result depends; nil: as many as threads.
  public var shards: Int?
  /// Bytes of the whole process at most; nil: what the machine has.
  public var maxMemory: Int?
  /// Whether the outcome says where the time went.
  public var profile = false

  /// All processors.
  public init() {}

  /// The kernels of matrix products that this machine uses, as `training.json` names them.
  public static var matrixKernels: String { matrixProductDescription() }

  func validate() throws(TrainingRequestError) {
    guard let problem = precision.problem else { return }
    throw .conflict("no '--precision \(precision.rawValue)' here: \(problem); leave the option out")
  }
}
