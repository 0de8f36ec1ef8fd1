import Glibc

/// The time in which this process could run: without the time in which it was stopped (SIGSTOP, Ctrl-Z, a frozen
/// control group) or the machine was suspended.
///
/// No clock knows when a process was stopped. A thread looks at the clock several times a second; if it could not for
/// seconds, the process was stopped, and that time does not count. Shorter stops count.
package final class ActiveTime: Sendable {
  private let gaps: Monitor<ActiveTimeGaps>
  private let start: Double
  private let isWatched: Bool

  /// The time from now on.
  package init() {
    let start = suspendingSeconds()
    let gaps = Monitor(ActiveTimeGaps(last: start))
    (self.start, self.gaps) = (start, gaps)
    // The thread ends with the last other reference. Without a thread, all time counts.
    isWatched = startThread { [weak gaps] in
      while let gaps {
        gaps.withLock { $0.note(suspendingSeconds()) }
        usleep(ActiveTimeGaps.microsecondsBetweenLooks)
      }
    }
  }

  /// Seconds since the start.
  package var seconds: Double {
    guard isWatched else { return suspendingSeconds() - start }
    return gaps.withLock { gaps in
      let now = suspendingSeconds()
      gaps.note(now)
      return now - start - gaps.seconds
    }
  }
}

/// The gaps between looks at a clock that are too long for a running process.
package struct ActiveTimeGaps: Sendable {
  /// A fifth of a second.
  static let microsecondsBetweenLooks: UInt32 = 200_000
  /// A running process looks at least this often, even on a machine with much to do.
  package static let longestPause = 3.0

  private var last: Double
  /// The length of all gaps so far.
  package private(set) var seconds = 0.0

  /// No gaps.
  ///
  /// - Parameter last: the time of the first look.
  package init(last: Double) { self.last = last }

  /// Records a look at the clock.
  package mutating func note(_ now: Double) {
    if now - last > Self.longestPause { seconds += now - last }
    last = max(last, now)
  }
}

/// Seconds of a clock that never goes back and stops while the machine is suspended.
private func suspendingSeconds() -> Double {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
