private import CMPI
internal import Foundation
public import Tensors

/// The processes that `mpirun` of OpenMPI started together.
///
/// OpenMPI is loaded when a job is joined, and not before.
public final class MPIJob: ProcessGroup {
  /// The number of this process, from 0.
  public let rank: Int
  /// The number of processes.
  public let count: Int

  /// Whether `mpirun` started this process along with others.
  public static var wasStarted: Bool { variable("OMPI_COMM_WORLD_SIZE") ?? 1 > 1 }

  /// The number of this process before the job was joined, as `mpirun` says it; 0 outside of jobs.
  public static var expectedRank: Int { variable("OMPI_COMM_WORLD_RANK") ?? 0 }

  /// The number of processes of the job on this machine.
  public static var processesHere: Int { max(1, variable("OMPI_COMM_WORLD_LOCAL_SIZE") ?? 1) }

  private static func variable(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  /// Joins the job; call it once.
  ///
  /// - Throws: ``ProcessGroupError`` if OpenMPI cannot be loaded or started.
  public init() throws(ProcessGroupError) {
    if let reason = mpi_join() { throw .noMPI(reason: String(cString: reason)) }
    (rank, count) = (Int(mpi_rank()), Int(mpi_count()))
  }

  /// Starts sending floats; see ``ProcessGroup``.
  public func startSending(
    _ range: Range<Int>, of buffer: FlatBuffer, to rank: Int, on channel: MessageChannel
  ) -> any MessageTransfer {
    transfer(range, buffer, rank) {
      mpi_start_send(&$0, $1, Int64(range.count * 4), Int32(rank), channel.rawValue)
    }
  }

  /// Starts receiving floats; see ``ProcessGroup``.
  public func startReceiving(
    _ range: Range<Int>, into buffer: FlatBuffer, from rank: Int, on channel: MessageChannel
  ) -> any MessageTransfer {
    transfer(range, buffer, rank) {
      mpi_start_receive(&$0, $1, Int64(range.count * 4), Int32(rank), channel.rawValue)
    }
  }

  /// Starts a transfer by a function that gets the place of its handle and its first float, and returns an error number.
  private func transfer(
    _ range: Range<Int>, _ buffer: FlatBuffer, _ rank: Int,
    start: (inout mpi_transfer?, UnsafeMutablePointer<Float>) -> Int32
  ) -> MPITransfer {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= buffer.count && range.count <= 1 << 28,
      "MPIJob: \(range) of \(buffer.count)")
    let transfer = MPITransfer(other: rank, keeping: buffer)
    transfer.note(start(&transfer.handle, buffer.elements + range.lowerBound))
    return transfer
  }

  /// Leaves the job in order.
  ///
  /// Every process calls it, once, after its last message.
  public func leave() { mpi_leave() }

  /// Ends all processes of the job.
  public static func end(exitCode: Int32) -> Never { mpi_abort(exitCode) }
}

/// A message that OpenMPI sends or receives.
private final class MPITransfer: MessageTransfer {
  var handle: mpi_transfer?
  private let other: Int
  private let buffer: FlatBuffer
  private var wasDone = false

  init(other: Int, keeping buffer: FlatBuffer) { (self.other, self.buffer) = (other, buffer) }

  var isDone: Bool {
    if wasDone { return true }
    let state = mpi_is_done(&handle)
    if state < 0 { note(-state) }
    wasDone = state == 1
    return wasDone
  }

  /// Ends the job if OpenMPI reports an error: the sums of this update are lost.
  func note(_ error: Int32) {
    guard error != 0 else { return }
    let text = "process \(other) of the job cannot be reached (OpenMPI's error \(error)); all processes end\n"
    FileHandle.standardError.write(Data(text.utf8))
    MPIJob.end(exitCode: ProcessGroupError.exitCode)
  }
}
