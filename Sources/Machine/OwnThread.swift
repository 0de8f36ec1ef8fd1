internal import Foundation

/// Runs long work on a dedicated thread, so that it does not block the threads shared by tasks.
///
/// - Parameter body: called once.
/// - Returns: the result of `body`.
/// - Throws: the error thrown by `body`.
package func onOwnThread<Result: Sendable>(
  _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    let thread = Thread { continuation.resume(with: Swift.Result { try body() }) }
    // As large as that of the main thread.
    thread.stackSize = 8 << 20
    thread.start()
  }
}
