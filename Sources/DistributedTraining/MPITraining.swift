internal import Foundation
public import ProcessGroups
public import Training

/// This process's part in a training whose processes `mpirun` started.
public final class MPITraining: Sendable {
  /// Connects the processes.
  public let reducer: any GradientReducer
  private let job: MPIJob
  private let heartbeat: Heartbeat?

  /// Seconds without a sign of life after which a process counts as lost.
  public static let silenceLimit = 60.0

  /// Joins the other processes, and watches them from then on.
  ///
  /// A process that is lost ends the job: all processes end with `ProcessGroupError.exitCode`, after a message.
  ///
  /// - Parameter precision: of gradients on their way between processes.
  /// - Throws: `ProcessGroupError` if OpenMPI cannot be used.
  public init(precision: ExchangePrecision = .float32) throws(ProcessGroupError) {
    let job = try MPIJob()
    (self.job, reducer) = (job, ChainSum(job, precision: precision))
    let count = job.count
    guard count > 1 else {
      heartbeat = nil
      return
    }
    heartbeat = Heartbeat(job, limit: Self.silenceLimit) { rank in
      let text = """
        process \(rank) of \(count) gave no sign of life for \(Int(Self.silenceLimit)) seconds: it hangs, or its \
        machine or the network is gone, or OpenMPI uses a network that does not connect the machines (then name another \
        one: mpirun --mca btl_tcp_if_include eth0); all processes end; continue from the last checkpoint with --resume

        """
      FileHandle.standardError.write(Data(text.utf8))
      MPIJob.end(exitCode: ProcessGroupError.exitCode)
    }
    // Without signs of life from this process, the next one would take it for lost.
    if heartbeat == nil { throw .noThread }
  }

  /// Leaves the others in order.
  ///
  /// Every process calls it once, after its part of the training.
  public func leave() {
    // Nobody leaves while another still needs an answer.
    _ = reducer.gather([])
    heartbeat?.leave()
    job.leave()
  }
}
