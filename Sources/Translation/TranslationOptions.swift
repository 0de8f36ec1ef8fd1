internal import Machine

/// How much of the machine a translator or a service uses.
public struct TranslationOptions: Sendable, Equatable {
  /// Threads that translate at the same time; by default one for each processor that this process may use.
  public var threads = availableProcessors()
  /// Source tokens in a batch, padding included; a sentence longer than that is a batch of its own.
  public var batchTokens = 2048
  /// Sentences in a batch.
  public var batchSize = 64
  /// Source tokens that may wait for a thread, of all calls together.
  ///
  /// Above that, calls are suspended with their further lines until there is room: those first for which least has been
  /// done. A token that waits takes a few bytes, a line some hundred.
  public var waitingTokens = 1 << 20
  /// Calls that may be suspended before their first line, for want of room in ``waitingTokens``.
  ///
  /// A further one fails with ``TranslationError/overloaded(waitingCalls:)``. A call that has begun never does.
  public var waitingCalls = 1024

  /// All processors.
  public init() {}

  /// Checks every option.
  public func validate() throws(TranslationError) {
    try requireRange("number of threads", threads, 1...1024)
    try requireRange("batch tokens", batchTokens, 1...10_000_000)
    try requireRange("batch size", batchSize, 1...100_000)
    try requireRange("number of waiting tokens", waitingTokens, 1...1_000_000_000)
    try requireRange("number of waiting calls", waitingCalls, 0...1_000_000)
  }
}

func requireRange(_ name: String, _ found: Int, _ expected: ClosedRange<Int>) throws(TranslationError) {
  guard expected.contains(found) else { throw .option(name: name, found: found, expected: expected) }
}
