import Reporting
import Synchronization

/// Waits for Ctrl-C, SIGTERM or SIGHUP.
final class Interruption: Sendable {
  private let flag = Mutex<InterruptFlag?>(nil)

  /// Watches signals from now on; until then they end the process.
  func watch() { flag.withLock { $0 = InterruptFlag() } }

  /// Waits for a signal, or until the task is cancelled.
  func wait() async {
    while !Task.isCancelled, flag.withLock({ $0?.isRaised ?? false }) == false {
      try? await Task.sleep(for: .milliseconds(20))
    }
  }
}
