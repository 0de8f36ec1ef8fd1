/// The time of a run, earlier parts of a resumed one included; not the wall clock, which may be set.
struct RunClock {
  private let clock = ContinuousClock()
  private let start = ContinuousClock().now
  /// Seconds of earlier parts.
  var before = 0.0

  var now: ContinuousClock.Instant { clock.now }

  /// Seconds since the start of the run.
  var elapsed: Double { before + (clock.now - start) / .seconds(1) }
}
