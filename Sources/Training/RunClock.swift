/// Measures the time of a run, including earlier parts of a resumed one, by a monotonic clock.
struct RunClock {
  private let clock = ContinuousClock()
  private let start = ContinuousClock().now
  /// Seconds of earlier parts.
  var before = 0.0

  var now: ContinuousClock.Instant { clock.now }

  /// Seconds since the start of the run, without pauses between parts.
  var elapsed: Double { before + (clock.now - start) / .seconds(1) }
}
