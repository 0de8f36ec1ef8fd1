import ProcessGroups

/// Messages of one kind that were started and are not done, the oldest first.
struct MessagesInFlight {
  private var messages: ArraySlice<(message: GradientMessage, transfer: any MessageTransfer)> = []
  /// How many were started so far.
  private(set) var started = 0
  /// How many are done.
  private(set) var finished = 0
  /// The size of all that were started.
  private(set) var bytes = 0

  /// Enough to keep a network busy; more would share it, and all would arrive late.
  private static let most = 3

  var hasRoom: Bool { messages.count < Self.most }
  var isEmpty: Bool { messages.isEmpty }

  mutating func append(_ message: GradientMessage, _ transfer: any MessageTransfer) {
    messages.append((message, transfer))
    started += 1
    bytes += message.bytes
  }

  /// The oldest message, if it is done; it is in flight no longer.
  mutating func finishFirst() -> GradientMessage? {
    guard let first = messages.first, first.transfer.isDone else { return nil }
    messages.removeFirst()
    finished += 1
    return first.message
  }
}
