import Foundation
public import ProcessGroups
import Synchronization
public import Tensors

/// A group whose processes are threads of this one, with mailboxes in memory.
public final class ThreadGroup: ProcessGroup {
  /// The number of this thread, from 0.
  public let rank: Int
  /// The number of threads.
  public var count: Int { mail.count }
  private let mail: Mailboxes

  init(rank: Int, _ mail: Mailboxes) { (self.rank, self.mail) = (rank, mail) }

  /// Runs `body` in as many threads as there are processes.
  ///
  /// - Returns: the results by rank.
  public static func run<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (ThreadGroup) -> Value
  ) -> [Value] {
    let mail = Mailboxes(count)
    let results = Mutex([Int: Value]())
    let group = DispatchGroup()
    for rank in 0..<count {
      group.enter()
      let thread = Thread {
        let value = body(ThreadGroup(rank: rank, mail))
        results.withLock { $0[rank] = value }
        group.leave()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    group.wait()
    return results.withLock { results in (0..<count).compactMap { results[$0] } }
  }

  /// Copies the floats into the mailbox at once.
  public func startSending(
    _ range: Range<Int>, of buffer: FlatBuffer, to rank: Int, on channel: MessageChannel
  ) -> any MessageTransfer {
    mail.put(buffer.array(range), Route(from: self.rank, to: rank, channel: channel))
    return Delivered()
  }

  /// A transfer that is done once there is a message.
  public func startReceiving(
    _ range: Range<Int>, into buffer: FlatBuffer, from rank: Int, on channel: MessageChannel
  ) -> any MessageTransfer {
    Arrival(range, buffer, mail, Route(from: rank, to: self.rank, channel: channel))
  }
}

/// Who sends to whom.
struct Route: Hashable {
  let from, to: Int
  let channel: MessageChannel
}

/// Messages that were sent and not received.
final class Mailboxes: Sendable {
  let count: Int
  private let messages = Mutex([Route: [[Float]]]())

  init(_ count: Int) { self.count = count }

  func put(_ message: [Float], _ route: Route) {
    messages.withLock { $0[route, default: []].append(message) }
  }

  func take(_ route: Route) -> [Float]? {
    messages.withLock { messages in
      guard messages[route]?.isEmpty == false else { return nil }
      return messages[route]?.removeFirst()
    }
  }
}

/// A message that was sent: its floats were copied at once.
private final class Delivered: MessageTransfer {
  var isDone: Bool { true }
}

/// A message that is awaited.
private final class Arrival: MessageTransfer {
  private let range: Range<Int>
  private let buffer: FlatBuffer
  private let mail: Mailboxes
  private let route: Route
  private var hasArrived = false

  init(_ range: Range<Int>, _ buffer: FlatBuffer, _ mail: Mailboxes, _ route: Route) {
    (self.range, self.buffer, self.mail, self.route) = (range, buffer, mail, route)
  }

  var isDone: Bool {
    if hasArrived { return true }
    guard let message = mail.take(route) else { return false }
    precondition(message.count == range.count, "\(message.count) floats on \(route), expected \(range.count)")
    buffer.replace(at: range.lowerBound, with: message)
    hasArrived = true
    return true
  }
}
