import Glibc
import Synchronization

/// Turns signals into a flag, so that a loop can end at a suitable point.
///
///     let interrupt = InterruptFlag()
///     defer { interrupt.restore() }
///     while !interrupt.isRaised { … }
///
/// A second SIGINT ends the process immediately. Signals belong to the process: of several flags that watch the same
/// signal, the newest counts.
public final class InterruptFlag: Sendable {
  /// A signal that can be watched.
  public enum Signal: Int32, Sendable, CaseIterable {
    /// SIGHUP: the terminal or the connection is gone.
    case hangUp = 1
    /// SIGINT, Ctrl-C.
    case interrupt = 2
    /// SIGTERM, what `kill` and service managers send.
    case terminate = 15
    /// SIGUSR1, which users send as they like.
    case user = 10
  }

  /// The handlers of before, as addresses: Swift takes an optional function at the address of SIG_IGN, which is 1, for the
  /// end of a sequence.
  private let previous: [(signal: Signal, handler: Int)]

  /// Watches signals from now on.
  ///
  /// A signal that is ignored, such as SIGHUP under `nohup`, stays ignored, unless it is a request.
  ///
  /// - Parameters:
  ///   - signals: the signals to watch; others keep their handlers.
  ///   - requests: those of them that ask to act without ending; see ``takeRequest()``.
  public init(
    watching signals: [Signal] = [.interrupt, .terminate, .hangUp], requests: [Signal] = [.user]
  ) {
    let ends = signals.filter { !requests.contains($0) }
    // Leaves requests that another flag watches.
    if ends.count < signals.count { requested.store(false, ordering: .sequentiallyConsistent) }
    if !ends.isEmpty { raised.store(0, ordering: .sequentiallyConsistent) }
    previous = signals.map { watched in
      let handler =
        ends.contains(watched)
        ? signal(watched.rawValue, handleEnd) : signal(watched.rawValue, handleRequest)
      if ends.contains(watched), isIgnoring(handler) { _ = signal(watched.rawValue, SIG_IGN) }
      return (watched, address(of: handler))
    }
  }

  /// Whether SIGINT, SIGTERM or SIGHUP arrived.
  public var isRaised: Bool { raisedSignal != nil }

  /// The one that arrived last; nil if none did.
  public var raisedSignal: Signal? { Signal(rawValue: raised.load(ordering: .sequentiallyConsistent)) }

  /// Whether a request arrived since the last call.
  public func takeRequest() -> Bool { requested.exchange(false, ordering: .sequentiallyConsistent) }

  /// Restores the previous handlers.
  public func restore() {
    for (number, handler) in previous {
      _ = signal(number.rawValue, unsafe unsafeBitCast(handler, to: sighandler_t?.self))
    }
  }
}

/// The number of the last signal that asks for an end, 0 for none; atomic, since a signal handler may do little else.
private let raised = Atomic<Int32>(0)
private let requested = Atomic(false)

/// Compares addresses, since functions cannot be compared; SIG_IGN is an address that no function has.
private func isIgnoring(_ handler: sighandler_t?) -> Bool {
  address(of: handler) == address(of: SIG_IGN)
}

private func address(of handler: sighandler_t?) -> Int { unsafe unsafeBitCast(handler, to: Int.self) }

private func handleRequest(_ number: Int32) { requested.store(true, ordering: .sequentiallyConsistent) }

private func handleEnd(_ number: Int32) {
  if raised.exchange(number, ordering: .sequentiallyConsistent) == SIGINT, number == SIGINT {
    _ = signal(SIGINT, SIG_DFL)
    raise(SIGINT)
  }
}
