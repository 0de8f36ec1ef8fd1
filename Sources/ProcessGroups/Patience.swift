private import Glibc

/// Pauses between two looks at something that another process will do: first short ones, for speed, then longer ones, to
/// leave the processor to others.
public struct Patience {
  private var looks = 0

  /// Starts with short pauses.
  public init() {}

  /// Pauses.
  ///
  /// - Parameter isComputing: whether other threads of this process compute. Then it sleeps a millisecond: more looks would
  ///   cost them more time than they gain.
  public mutating func pause(isComputing: Bool = false) {
    guard !isComputing else {
      usleep(1000)
      return
    }
    looks += 1
    if looks < 2_000 { sched_yield() } else { usleep(looks < 20_000 ? 50 : 500) }
  }

  /// Starts with short pauses again, since something happened.
  public mutating func reset() { looks = 0 }
}

/// Lets the thread sleep.
func pauseThread(microseconds: UInt32) { usleep(microseconds) }
