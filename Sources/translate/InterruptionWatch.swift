import Glibc
import Machine
import Reporting

/// Says which translations are kept before a signal ends the process.
///
/// A thread of its own watches for the signal, because the main thread may be waiting for a batch for seconds.
final class InterruptionWatch: Sendable {
  private let flag: InterruptFlag
  private let output: ResultOutput

  /// Watches from now on, if the output is a file; without one, or if the system starts no thread for it, signals end
  /// the process as usual.
  init?(_ output: ResultOutput) {
    guard output.isFile else { return nil }
    (flag, self.output) = (InterruptFlag(), output)
    let isWatching = startThread(stackSize: 1 << 18) { [self] in
      while !flag.isRaised { usleep(20_000) }
      endProcess()
    }
    if !isWatching {
      flag.restore()
      return nil
    }
  }

  private func endProcess() {
    let number = flag.raisedSignal?.rawValue ?? SIGTERM
    output.interrupt {
      // With the handlers of before, the process ends as by any signal.
      flag.restore()
      kill(getpid(), number)
      // The signal is for the main thread.
      sleep(10)
    }
  }
}
