import Glibc

/// Starts a thread, which ends when `body` returns.
///
/// Use it for long work, since the threads of Dispatch and Swift concurrency are few and shared. The thread blocks all
/// signals except those of crashes, so that a program's signal handlers run on its other threads.
///
/// - Parameters:
///   - stackSize: bytes of the thread's stack; nil: the system's default.
///   - body: runs on the thread.
/// - Returns: false if the system refuses to create a thread; `body` then does not run.
package func startThread(stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void) -> Bool {
  let start = unsafe Unmanaged.passRetained(ThreadBody(body))
  let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
  unsafe pthread_attr_init(attributes)
  defer {
    unsafe pthread_attr_destroy(attributes)
    unsafe attributes.deallocate()
  }
  if let stackSize { unsafe pthread_attr_setstacksize(attributes, stackSize) }
  var thread = pthread_t()
  var status: Int32
  var attempts = 0
  repeat {
    // Threads that ended a moment ago may still count for the limit.
    if attempts > 0 { usleep(1000) }
    attempts += 1
    status = unsafe pthread_create(
      &thread, attributes,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, start.toOpaque())
  } while status == EAGAIN && attempts < 20
  guard status == 0 else {
    unsafe start.release()
    return false
  }
  pthread_detach(thread)
  return true
}

/// The body of a thread, passed through the pointer argument of `pthread_create`.
private final class ThreadBody: Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  func run() {
    var signals = sigset_t()
    unsafe sigfillset(&signals)
    // Signals of a crash are for the thread that crashes; blocked, they would end the process without a word.
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { unsafe sigdelset(&signals, number) }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    body()
  }
}
