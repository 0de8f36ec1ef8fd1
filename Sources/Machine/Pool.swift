import Glibc

/// Things that are costly to make and serve one caller at a time: those that no thread is using.
///
/// There are never more of them than callers at the same moment.
///
/// - Safety: `@unchecked Sendable`: `idle` is only touched while the lock is held. The lock is a POSIX one and
///   not the standard library's `Mutex`, because on Linux the thread sanitizer does not see that one and takes
///   everything it guards for a race.
@safe package final class Pool<Element: Sendable>: @unchecked Sendable {
  private let make: @Sendable () -> Element
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private var idle: [Element] = []

  package init(_ make: @escaping @Sendable () -> Element) {
    self.make = make
    unsafe lock = .allocate(capacity: 1)
    unsafe lock.initialize(to: pthread_mutex_t())
    unsafe pthread_mutex_init(lock, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(lock)
    unsafe lock.deallocate()
  }

  /// Runs `body` with an element that nobody else uses meanwhile, and keeps it as `body` leaves it.
  package func withElement<Result>(_ body: (inout Element) -> Result) -> Result {
    var element = takeIdle() ?? make()
    defer { giveBack(element) }
    return body(&element)
  }

  private func takeIdle() -> Element? {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return idle.popLast()
  }

  private func giveBack(_ element: consuming Element) {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    idle.append(element)
  }
}
