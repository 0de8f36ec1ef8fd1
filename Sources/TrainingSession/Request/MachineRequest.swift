public import DistributedTraining
import Machine
public import Tensors

/// Threads, memory and the precision of products.
public struct MachineRequest: Sendable, Equatable {
  /// Precisions of matrix products.
  public typealias Precision = MatrixPrecision
  /// Ways to compute products of float32.
  public typealias Products = Float32Products

  /// How gradients travel between processes.
  public typealias Exchange = ExchangePrecision

  /// Precision of matrix products.
  @Given public var precision = Precision.float32
  /// How products of float32 are computed; nil: in parts on processors with AMX, but a resumed run goes on as it began
  /// if the processor can.
  public var float32Products: Products?
  /// How gradients travel between processes.
  public var exchangePrecision = Exchange.float32
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

  /// How a new training computes products of float32.
  var chosenProducts: Products { float32Products ?? .automatic }

  func validate() throws(TrainingRequestError) {
    // What contradicts itself is refused on any machine, before what this one cannot do.
    if precision != .float32, float32Products != nil {
      throw .conflict(
        "'--float32-products' has no effect with '--precision \(precision.rawValue)'; leave one of them out")
    }
    if let problem = precision.problem {
      throw .conflict(
        "'--precision \(precision.rawValue)' is not available: \(problem); leave the option out")
    }
    guard let products = float32Products else { return }
    if let problem = products.problem {
      throw .conflict(
        "'--float32-products \(products.rawValue)' is not available: \(problem); leave the option out")
    }
  }
}
