internal import Foundation

/// Runs a body that works for long on a thread of its own, so that it blocks none of those that tasks share.
///
/// - Parameter body: called once.
/// - Returns: what it returns.
/// - Throws: what it throws.
package func onOwnThread<Result: Sendable>(
  _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    let thread = Thread { continuation.resume(with: Swift.Result { try body() }) }
    // As large as that of a process's first thread.
    thread.stackSize = 8 << 20
    thread.start()
  }
}
