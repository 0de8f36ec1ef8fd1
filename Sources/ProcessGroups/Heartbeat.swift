internal import Machine
internal import Synchronization
internal import Tensors

/// Notices that a process of a group hangs, or cannot be reached any more.
///
/// Every process sends a sign of life to the next one each second, and the last to the first, from a thread of its own: a
/// process that computes or waits for long is alive. The time in which this process was stopped does not count, so that a
/// job that was stopped as a whole goes on.
public final class Heartbeat: Sendable {
  private let group: any ProcessGroup
  private let limit: Double
  private let lost: @Sendable (_ rank: Int) -> Void
  private let isLeaving = Atomic(false)
  private let isOver = Atomic(false)

  /// Starts sending and watching, in all processes of the group; nil if the system refuses a thread.
  ///
  /// - Parameters:
  ///   - group: at least two processes.
  ///   - limit: seconds without a sign of life after which a process is lost.
  ///   - lost: called once, on the thread of the heartbeat, with the process that is lost.
  public init?(_ group: any ProcessGroup, limit: Double, lost: @escaping @Sendable (_ rank: Int) -> Void) {
    (self.group, self.limit, self.lost) = (group, limit, lost)
    guard startThread({ [self] in beat() }) else { return nil }
  }

  /// Ends the heartbeat together with the others; every process calls it.
  public func leave() {
    isLeaving.store(true, ordering: .relaxed)
    var patience = Patience()
    while !isOver.load(ordering: .acquiring) { patience.pause() }
  }

  private static let interval = 1.0
  /// What is sent: a sign of life, or that no other will follow.
  private static let (alive, goodbye): (Float, Float) = (0, 1)

  private func beat() {
    let (sign, heard, time) = (FlatBuffer(count: 1), FlatBuffer(count: 1), ActiveTime())
    let (next, previous) = ((group.rank + 1) % group.count, (group.rank + group.count - 1) % group.count)
    var sending: (any MessageTransfer)?
    var receiving: (any MessageTransfer)? = listen(heard, previous)
    var (sentAt, heardAt, hasLeft) = (-Self.interval, 0.0, false)
    while true {
      let now = time.seconds
      if let transfer = receiving, transfer.isDone {
        heardAt = now
        receiving = heard.array == [Self.goodbye] ? nil : listen(heard, previous)
      }
      if sending?.isDone ?? true {
        sending = nil
        if hasLeft, receiving == nil { break }
        let leaves = isLeaving.load(ordering: .relaxed)
        if !hasLeft, leaves || now - sentAt >= Self.interval {
          sign.replace(at: 0, with: [leaves ? Self.goodbye : Self.alive])
          sending = group.startSending(0..<1, of: sign, to: next, on: .heartbeat)
          (sentAt, hasLeft) = (now, leaves)
        }
      }
      if receiving != nil, now - heardAt > limit {
        lost(previous)
        break
      }
      pauseThread(microseconds: isLeaving.load(ordering: .relaxed) ? 1_000 : 100_000)
    }
    isOver.store(true, ordering: .releasing)
  }

  private func listen(_ place: FlatBuffer, _ previous: Int) -> any MessageTransfer {
    group.startReceiving(0..<1, into: place, from: previous, on: .heartbeat)
  }
}
