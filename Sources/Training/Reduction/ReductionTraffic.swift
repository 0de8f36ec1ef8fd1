/// What the sums of gradients over several processes have cost one of them.
public struct ReductionTraffic: Sendable, Equatable {
  /// Bytes of gradients sent to other processes.
  public var bytesSent = 0
  /// Bytes of gradients received from other processes.
  public var bytesReceived = 0
  /// Time from the first gradients that were ready to the last sum.
  public var duration = Duration.zero
  /// The part of it in which gradients were added and rounded.
  public var adding = Duration.zero
  /// The part of it in which this process waited with nothing else to do: after its backward passes.
  public var waiting = Duration.zero

  /// No traffic.
  public init() {}

  /// Adds the costs of another sum.
  public static func += (total: inout ReductionTraffic, other: ReductionTraffic) {
    total.bytesSent += other.bytesSent
    total.bytesReceived += other.bytesReceived
    total.duration += other.duration
    total.adding += other.adding
    total.waiting += other.waiting
  }
}
