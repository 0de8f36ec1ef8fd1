import Glibc

/// Starts a thread of our own, which ends when `body` returns.
///
/// Work that takes long belongs there: threads of Dispatch and of Swift's concurrency are few, and others wait for them.
/// Signals are left to other threads, so that what a program does at Ctrl-C happens where it expects it.
///
/// - Parameter body: runs on the thread.
/// - Returns: false where the system refuses another thread; then `body` does not run.
package func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  let start = unsafe Unmanaged.passRetained(ThreadBody(body))
  var thread = pthread_t()
  let status = unsafe pthread_create(
    &thread, nil,
    { argument in
      guard let argument = unsafe argument else { return nil }
      unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
      return nil
    }, start.toOpaque())
  guard status == 0 else {
    unsafe start.release()
    return false
  }
  pthread_detach(thread)
  return true
}

/// What goes through the pointer that a new thread is given.
private final class ThreadBody: Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  func run() {
    var signals = sigset_t()
    unsafe sigfillset(&signals)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    body()
  }
}
