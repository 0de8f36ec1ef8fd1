internal import DistributedTraining
internal import ProcessGroups
internal import Training

/// The processes that make a training together: one, or those that OpenMPI's `mpirun` started.
///
/// All of them run the same program with the same request. They share the shards of each batch and the validation text;
/// the first one also reports, scores translations and writes.
public struct TrainingProcesses: Sendable {
  private let training: MPITraining?
  let reducer: any GradientReducer

  /// This process alone.
  public static let one = TrainingProcesses(nil)

  private init(_ training: MPITraining?) {
    (self.training, reducer) = (training, training?.reducer ?? WorkerOrderSum())
  }

  /// The processes that `mpirun` started along with this one; this process alone without `mpirun`.
  ///
  /// - Parameter request: how gradients travel between processes.
  /// - Returns: the processes, joined.
  /// - Throws: an error that says what is missing, if OpenMPI cannot be loaded.
  public static func joined(_ request: MachineRequest = MachineRequest()) throws -> Self {
    MPIJob.wasStarted ? Self(try MPITraining(precision: request.exchangePrecision)) : .one
  }

  /// Whether this process reports and writes.
  public var isFirst: Bool { reducer.isFirst }

  /// The number of processes.
  public var count: Int { reducer.processCount }

  /// Whether this process, of a job that was not joined yet, will be the first.
  public static var expectsToBeFirst: Bool { MPIJob.expectedRank == 0 }

  /// Waits for the others and leaves; after that, this process can end without ending them.
  public func leave() { training?.leave() }

  /// Ends all processes, this one included, because this one failed; returns if there are no others.
  public func endOthers(exitCode: Int32) {
    if training != nil { MPIJob.end(exitCode: exitCode) }
  }
}
