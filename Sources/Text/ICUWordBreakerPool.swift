import Glibc

/// Word breakers of one language that no thread is using.
///
/// Opening one takes as long as tokenising many lines, so they are kept; there are never more than
/// threads that tokenised at the same moment.
///
/// - Safety: `@unchecked Sendable`: `idle` is only touched while the lock is held. The lock is a POSIX one and
///   not the standard library's `Mutex`, because on Linux the thread sanitizer does not see that one and takes
///   everything it guards for a race.
@safe final class ICUWordBreakerPool: @unchecked Sendable {
  private let language: String
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private var idle: [ICUWordBreaker]

  init(language: String) {
    self.language = language
    idle = [ICUWordBreaker(language: language)]
    unsafe lock = .allocate(capacity: 1)
    unsafe lock.initialize(to: pthread_mutex_t())
    unsafe pthread_mutex_init(lock, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(lock)
    unsafe lock.deallocate()
  }

  /// Runs `body` with a breaker that nobody else uses meanwhile.
  func withBreaker<Result>(_ body: (ICUWordBreaker) -> Result) -> Result {
    let breaker = takeIdle() ?? ICUWordBreaker(language: language)
    defer { giveBack(breaker) }
    return body(breaker)
  }

  private func takeIdle() -> ICUWordBreaker? {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return idle.popLast()
  }

  private func giveBack(_ breaker: ICUWordBreaker) {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    idle.append(breaker)
  }
}
