import Glibc

/// State that threads share: one of them at a time may touch it, and others can wait until it is as they need it.
///
/// - Safety: `@unchecked Sendable`: `state` is only touched while the lock is held. The lock is a POSIX one and not the
///   standard library's `Mutex`, because the thread sanitizer does not see that one on Linux and reports a race wherever
///   it is used.
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

  /// Runs `body` while no other thread touches the state.
  package func withLock<Result, Failure: Error>(
    _ body: (inout State) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return try body(&state)
  }

  /// Blocks the thread until `body` returns something; `body` runs under the lock, again after each signal.
  package func wait<Result>(until body: (inout State) -> Result?) -> Result {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    while true {
      if let result = body(&state) { return result }
      unsafe pthread_cond_wait(changed, lock)
    }
  }

  /// Has one of the threads look again that wait for the state to change.
  package func signal() { unsafe pthread_cond_signal(changed) }

  /// Has all of the threads look again that wait for the state to change.
  package func signalAll() { unsafe pthread_cond_broadcast(changed) }
}
