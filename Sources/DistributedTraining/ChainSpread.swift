import ProcessGroups
import Tensors
import Training

/// Gives every process the elements that the others own, along the chain in both directions.
struct ChainSpread {
  private var lanes: [Lane]
  private let buffer: FlatBuffer

  /// - Parameters:
  ///   - group: the processes.
  ///   - buffer: holds the process's own elements, and receives those of the others.
  ///   - slices: the elements that are spread, in ascending order.
  ///   - shares: who owns them.
  ///   - messages: makes messages of them.
  init(
    _ group: any ProcessGroup, _ buffer: FlatBuffer, _ slices: [Range<Int>], _ shares: ProcessShares,
    _ messages: GradientMessages
  ) {
    self.buffer = buffer
    let (rank, count) = (group.rank, group.count)
    let chunks = (0..<count).map { owner in
      GradientChunk.cut(shares.slices(of: owner, among: slices), processes: count, shares: nil)
    }
    let (lower, higher) = (Array((0..<rank).reversed()), Array((rank + 1)..<max(count, rank + 1)))
    lanes = [
      Lane(
        group, own: chunks[rank], others: lower.flatMap { chunks[$0] }, from: lower.first, to: higher.first,
        messages),
      Lane(
        group, own: chunks[rank], others: higher.flatMap { chunks[$0] }, from: higher.first, to: lower.first,
        messages),
    ]
  }

  /// Runs until this process has everything, and the next ones were sent what they lack.
  ///
  /// - Returns: bytes sent and received.
  mutating func run() -> (sent: Int, received: Int) {
    var patience = Patience()
    while lanes.contains(where: { !$0.isDone }) {
      var isBusy = false
      for index in lanes.indices where lanes[index].makesProgress(buffer) { isBusy = true }
      if isBusy { patience.reset() } else { patience.pause() }
    }
    return lanes.reduce((0, 0)) { ($0.0 + $1.bytes.sent, $0.1 + $1.bytes.received) }
  }
}

/// Elements on their way in one direction: first those of the nearest process.
private struct Lane {
  private let group: any ProcessGroup
  private let messages: GradientMessages
  private let incoming: [GradientChunk]
  private let outgoing: [GradientChunk]
  private let ownCount: Int
  private let before: Int?
  private let after: Int?
  private var receiving = MessagesInFlight()
  private var sending = MessagesInFlight()

  init(
    _ group: any ProcessGroup, own: [GradientChunk], others: [GradientChunk], from before: Int?,
    to after: Int?, _ messages: GradientMessages
  ) {
    (self.group, self.messages, self.before, self.after) = (group, messages, before, after)
    incoming = before == nil ? [] : others
    outgoing = after == nil ? [] : own + incoming
    ownCount = own.count
  }

  var isDone: Bool { receiving.finished == incoming.count && sending.finished == outgoing.count }

  /// Does whatever can be done now.
  ///
  /// - Returns: whether there was anything.
  mutating func makesProgress(_ buffer: FlatBuffer) -> Bool {
    let events = (receiving.started, receiving.finished, sending.started, sending.finished)
    if let before, receiving.started < incoming.count, receiving.hasRoom {
      let message = messages.place(for: incoming[receiving.started], replacing: buffer)
      receiving.append(
        message, group.startReceiving(message.range, into: message.buffer, from: before, on: .parameters))
    }
    if let message = receiving.finishFirst() {
      messages.unpack(message, incoming[receiving.finished - 1], into: buffer, threads: 1)
      messages.release(message)
    }
    if let after, sending.started < outgoing.count, sending.hasRoom,
      sending.started - ownCount < receiving.finished
    {
      let message = messages.pack(outgoing[sending.started], of: buffer, threads: 1)
      sending.append(
        message, group.startSending(message.range, of: message.buffer, to: after, on: .parameters))
    }
    sending.finishFirst().map(messages.release)
    return events != (receiving.started, receiving.finished, sending.started, sending.finished)
  }

  /// Bytes sent and received.
  var bytes: (sent: Int, received: Int) { (sending.bytes, receiving.bytes) }
}
