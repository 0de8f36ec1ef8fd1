import Glibc
import Machine

/// Does what is left to do before a signal ends the process.
///
/// A thread of its own watches for the signal, because the main thread may be waiting for other work for seconds.
public final class InterruptionWatch: Sendable {
  private let flag = InterruptFlag()
  private let prepare: @Sendable (_ end: () -> Void) -> Void

  /// Watches from now on; nil if the system starts no thread, so that signals end the process as usual.
  ///
  /// - Parameter prepare: called once, on another thread, with a closure that ends the process as by any signal; until it
  ///   calls that, it may keep others from writing.
  public init?(_ prepare: @escaping @Sendable (_ end: () -> Void) -> Void) {
    self.prepare = prepare
    let isWatching = startThread(stackSize: 1 << 18) { [self] in
      while !flag.isRaised { usleep(20_000) }
      prepare(endProcess)
    }
    if !isWatching {
      flag.restore()
      return nil
    }
  }

  private func endProcess() {
    let number = flag.raisedSignal?.rawValue ?? SIGTERM
    // With the handlers of before, the process ends as by any signal.
    flag.restore()
    kill(getpid(), number)
    // The signal is for the main thread.
    sleep(10)
  }
}
