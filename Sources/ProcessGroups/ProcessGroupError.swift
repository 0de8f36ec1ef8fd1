/// Why processes cannot work together.
public enum ProcessGroupError: Error, Equatable, CustomStringConvertible {
  /// OpenMPI cannot be loaded or started.
  case noMPI(reason: String)
  /// The system refuses a thread for the signs of life.
  case noThread

  /// The exit code of a job one of whose processes was lost: `EX_UNAVAILABLE` of sysexits.h.
  public static let exitCode: Int32 = 69

  /// The problem and how to fix it.
  public var description: String {
    switch self {
    case .noMPI(let reason):
      """
      mpirun started this process, but OpenMPI cannot be used: \(reason); install OpenMPI 4 or 5 \
      (Debian: openmpi-bin) on every machine, and start all processes with its mpirun
      """
    case .noThread:
      "the system refuses a thread that watches the other processes; raise the limit (ulimit -u) or use fewer threads"
    }
  }
}
