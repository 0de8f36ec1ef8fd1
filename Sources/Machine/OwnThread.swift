/// Runs long work on a dedicated thread, so that it does not block the threads shared by tasks.
///
/// - Parameter body: called once.
/// - Returns: the result of `body`.
/// - Throws: the error thrown by `body`, or ``ThreadError/refused``.
package func onOwnThread<Result: Sendable>(
  _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    // As large as the stack of the main thread.
    let started = startThread(stackSize: 8 << 20) {
      continuation.resume(with: Swift.Result { try body() })
    }
    if !started { continuation.resume(throwing: ThreadError.refused) }
  }
}

/// Why work on a thread did not begin.
public enum ThreadError: Error, CustomStringConvertible {
  /// The system does not create another thread.
  case refused

  /// What happened and what to do.
  public var description: String {
    "the system refuses to start another thread; end other programs, or raise the limit of processes (ulimit -u)"
  }
}
