import Glibc
import Synchronization

/// Turns signals into a flag, so that a loop can end at a good place.
///
///     let interrupt = InterruptFlag()
///     defer { interrupt.restore() }
///     while !interrupt.isRaised { … }
///
/// A second SIGINT ends the process at once, for those who do not want to wait. Signals belong to the process:
/// of several flags the newest counts.
public final class InterruptFlag: Sendable {
  /// A signal that can be watched.
  public enum Signal: Int32, Sendable, CaseIterable {
    /// SIGINT, Ctrl-C.
    case interrupt = 2
    /// SIGTERM, what `kill` and service managers send.
    case terminate = 15
    /// SIGUSR1, a request to act without ending; see ``InterruptFlag/takeRequest()``.
    case user = 10
  }

  private let previous: [(signal: Signal, handler: sighandler_t?)]

  /// Watches signals from now on.
  ///
  /// - Parameter signals: those to watch; the others keep doing what they did.
  public init(watching signals: [Signal] = [.interrupt, .terminate]) {
    raised.store(0, ordering: .sequentiallyConsistent)
    requested.store(false, ordering: .sequentiallyConsistent)
    previous = signals.map { ($0, signal($0.rawValue, handle)) }
  }

  /// Whether SIGINT or SIGTERM came.
  public var isRaised: Bool { raisedSignal != nil }

  /// Which of SIGINT and SIGTERM came, the latest of several.
  public var raisedSignal: Signal? { Signal(rawValue: raised.load(ordering: .sequentiallyConsistent)) }

  /// Whether SIGUSR1 came since the last call.
  public func takeRequest() -> Bool { requested.exchange(false, ordering: .sequentiallyConsistent) }

  /// Lets the signals do what they did before.
  public func restore() {
    for (number, handler) in previous { _ = signal(number.rawValue, handler) }
  }
}

/// The number of the last signal that asks for an end, 0 for none; atomic, since a handler may do no more.
private let raised = Atomic<Int32>(0)
private let requested = Atomic(false)

private func handle(_ number: Int32) {
  if number == InterruptFlag.Signal.user.rawValue {
    requested.store(true, ordering: .sequentiallyConsistent)
  } else if raised.exchange(number, ordering: .sequentiallyConsistent) == SIGINT, number == SIGINT {
    _ = signal(SIGINT, SIG_DFL)
    raise(SIGINT)
  }
}
