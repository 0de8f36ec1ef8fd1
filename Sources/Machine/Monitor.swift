import Glibc

/// State shared by threads: one thread at a time accesses it, and others can wait for a condition on it.
///
/// - Safety: `@unchecked Sendable`: `state` is only accessed while the lock is held. The lock is a POSIX mutex and not
///   the standard library's `Mutex`, because the thread sanitizer does not recognize the latter on Linux and reports a
///   race wherever it is used.
@safe package final class Monitor<State: Sendable>: @unchecked Sendable {
  private var state: State
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>

  package init(_ state: State) {
    self.state = state
    unsafe lock = .allocate(capacity: 1)
    unsafe lock.initialize(to: pthread_mutex_t())
    unsafe pthread_mutex_init(lock, nil)
    unsafe changed = .allocate(capacity: 1)
    unsafe changed.initialize(to: pthread_cond_t())
    unsafe pthread_cond_init(changed, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe changed.deallocate()
    unsafe pthread_mutex_destroy(lock)
    unsafe lock.deallocate()
  }

  /// Runs `body` with exclusive access to the state.
  package func withLock<Result, Failure: Error>(
    _ body: (inout State) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return try body(&state)
  }

  /// Blocks the thread until `body` returns a result; `body` runs under the lock, again after each signal.
  package func wait<Result>(until body: (inout State) -> Result?) -> Result {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    while true {
      if let result = body(&state) { return result }
      unsafe pthread_cond_wait(changed, lock)
    }
  }

  /// Wakes one waiting thread to check the state again.
  package func signal() { unsafe pthread_cond_signal(changed) }

  /// Wakes all waiting threads to check the state again.
  package func signalAll() { unsafe pthread_cond_broadcast(changed) }
}
