internal import Machine

/// How much of the machine a translator or service uses.
public struct TranslationOptions: Sendable, Equatable {
  /// Threads that translate; by default one for each processor that this process may use.
  public var threads = availableProcessors()
  /// Maximum number of source tokens in a batch, including padding; a longer sentence becomes a batch by itself.
  public var batchTokens = 2048
  /// Maximum number of sentences in a batch.
  public var batchSize = 64
  /// What matrix products compute with.
  public var compute = ComputeChoice.stored
  /// Which tokens an autoregressive decoder chooses from; ensembles choose from all.
  public var shortlist = ShortlistChoice.ofModel
  /// Whether weights of a model folder may stay in the memory of their file, which all processes share.
  ///
  /// A file of a model that is in use may then be replaced by renaming another to its name, but not be overwritten in
  /// place; with false, the weights are read into memory of this process.
  public var mapsWeights = true
  /// Maximum number of source tokens that wait for a thread, in all calls together.
  ///
  /// Above that, calls are suspended until there is room for their next lines; the call that was served least comes
  /// first. A waiting token takes a few bytes, a line a few hundred.
  public var waitingTokens = 1 << 20
  /// Maximum number of calls that are suspended before their first line because ``waitingTokens`` is reached.
  ///
  /// A further call fails with ``TranslationError/overloaded(waitingCalls:)``. A call that has begun never fails this
  /// way.
  public var waitingCalls = 1024

  /// The defaults, which use all processors.
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
