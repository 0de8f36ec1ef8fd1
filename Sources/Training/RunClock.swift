internal import Machine

/// Measures the time of a run, including earlier parts of a resumed one, without the time in which the process was
/// stopped.
struct RunClock {
  private let clock = ContinuousClock()
  private let time = ActiveTime()
  /// Seconds of earlier parts.
  var before = 0.0

  /// The present by a monotonic clock, for intervals.
  var now: ContinuousClock.Instant { clock.now }

  /// Seconds since the start of the run, without pauses between parts.
  var elapsed: Double { before + time.seconds }
}
