extension TranslationService {
  /// How busy a service is.
  public struct Load: Sendable, Equatable {
    /// Number of open calls.
    public let calls: Int
    /// Number of open calls that wait for room for their first line.
    public let waitingCalls: Int
    /// Source tokens that wait for a thread.
    public let waitingTokens: Int
    /// Number of threads that are translating.
    public let busyThreads: Int
  }

  /// How busy the service is at this moment.
  public var load: Load {
    core.update {
      Load(
        calls: $0.openCalls, waitingCalls: $0.waitingCalls, waitingTokens: $0.waitingTokens,
        busyThreads: $0.busyThreads)
    }
  }
}
