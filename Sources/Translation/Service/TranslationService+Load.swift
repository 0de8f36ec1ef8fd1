extension TranslationService {
  /// How busy a service is.
  public struct Load: Sendable, Equatable {
    /// Calls that have begun and not ended.
    public let calls: Int
    /// Those of them that wait for room for their first line.
    public let waitingCalls: Int
    /// Source tokens that wait for a thread.
    public let waitingTokens: Int
    /// Threads that translate.
    public let busyThreads: Int
  }

  /// How busy it is at this moment.
  public var load: Load {
    core.update {
      Load(
        calls: $0.openCalls, waitingCalls: $0.waitingCalls, waitingTokens: $0.waitingTokens,
        busyThreads: $0.busyThreads)
    }
  }
}
