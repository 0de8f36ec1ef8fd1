public import Tensors

/// Processes that run the same program and exchange messages.
///
/// A group whose messages cannot be delivered any more ends the process: nothing that was computed together can go on.
public protocol ProcessGroup: Sendable {
  /// The number of this process, from 0.
  var rank: Int { get }
  /// The number of processes, at least 1.
  var count: Int { get }

  /// Starts sending floats.
  ///
  /// Messages of the same channel between two processes arrive in order.
  ///
  /// - Parameters:
  ///   - range: the floats, at most 2²⁸; they must not change until the transfer is done.
  ///   - buffer: the buffer that holds them.
  ///   - rank: the receiving process.
  ///   - channel: the channel.
  /// - Returns: the transfer, which must be waited for.
  func startSending(_ range: Range<Int>, of buffer: FlatBuffer, to rank: Int, on channel: MessageChannel)
    -> any MessageTransfer

  /// Starts receiving as many floats as were sent.
  ///
  /// - Parameters:
  ///   - range: where they are written; nothing else may use it until the transfer is done.
  ///   - buffer: the buffer.
  ///   - rank: the sending process.
  ///   - channel: the channel.
  /// - Returns: the transfer, which must be waited for.
  func startReceiving(
    _ range: Range<Int>, into buffer: FlatBuffer, from rank: Int, on channel: MessageChannel
  ) -> any MessageTransfer
}

/// Messages of different channels do not wait for each other.
public enum MessageChannel: Int32, Sendable {
  /// Partial sums on their way to the last process.
  case partialSums = 1
  /// Whole sums on their way back to the first process.
  case sums
  /// Numbers on their way to the first process, and from there to all.
  case numbers
  /// Signs of life.
  case heartbeat
  /// Parameters on their way from the process that updated them.
  case parameters
  /// Optimizer state on its way to the first process.
  case state
}

/// A message on its way.
public protocol MessageTransfer: AnyObject {
  /// Whether the message was received, or was sent so far that its memory may change. Asking also moves messages on.
  var isDone: Bool { get }
}

extension MessageTransfer {
  /// Waits until the transfer is done.
  public func wait() {
    var patience = Patience()
    while !isDone { patience.pause() }
  }
}
