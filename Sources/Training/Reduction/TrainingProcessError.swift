/// Why a training run over several processes cannot start or continue.
public enum TrainingProcessError: Error, Equatable, CustomStringConvertible {
  /// Another process failed.
  case failed(rank: Int)
  /// The processes do not have the same data and settings, or resume from different checkpoints.
  case differentRuns(rank: Int, found: String)
  /// The processor of a process is older or newer than that of the first, so that its loops round differently.
  case differentLoops(first: String, rank: Int, found: String)

  /// The problem and how to fix it.
  public var description: String {
    switch self {
    case .failed(let rank): "process \(rank) of the training failed; its own message says why"
    case .differentRuns(let rank, let found):
      """
      the processes of this training differ; process \(rank) has (\(found)); \
      start all of them with the same options, files and checkpoint
      """
    case .differentLoops(let first, let rank, let found):
      """
      process \(rank) computes with kernels for \(found), process 0 with those for \(first): they round updates in \
      different ways, so that the weights of the processes would drift apart; leave out the machines of one kind, or \
      build the commands for the older ones on all: KERNELS=portable swift build -c release
      """
    }
  }
}
