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
    /// SIGHUP: the terminal or the connection is gone.
    case hangUp = 1
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
  /// What whoever started the process chose to ignore stays ignored, as `nohup` does with SIGHUP.
  ///
  /// - Parameter signals: those to watch; the others keep doing what they did.
  public init(watching signals: [Signal] = [.interrupt, .terminate, .hangUp]) {
    // A request that another flag watches for stays.
    if signals.contains(.user) { requested.store(false, ordering: .sequentiallyConsistent) }
    if signals.contains(where: { $0 != .user }) { raised.store(0, ordering: .sequentiallyConsistent) }
    previous = signals.map { watched in
      let handler = signal(watched.rawValue, handle)
      if watched != .user, isIgnoring(handler) { _ = signal(watched.rawValue, SIG_IGN) }
      return (watched, handler)
    }
  }

  /// Whether SIGINT, SIGTERM or SIGHUP came.
  public var isRaised: Bool { raisedSignal != nil }

  /// Which of them came, the latest of several.
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

/// SIG_IGN is an address that no function has; functions cannot be compared otherwise.
private func isIgnoring(_ handler: sighandler_t?) -> Bool {
  unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}

private func handle(_ number: Int32) {
  if number == InterruptFlag.Signal.user.rawValue {
    requested.store(true, ordering: .sequentiallyConsistent)
  } else if raised.exchange(number, ordering: .sequentiallyConsistent) == SIGINT, number == SIGINT {
    _ = signal(SIGINT, SIG_DFL)
    raise(SIGINT)
  }
}
