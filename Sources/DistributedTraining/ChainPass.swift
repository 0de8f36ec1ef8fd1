internal import Machine
import ProcessGroups
import Tensors
import Training

/// The gradients of one update on their way along the chain and back, as one process sees them.
struct ChainPass {
  private let group: any ProcessGroup
  private let work: GradientWork
  private let chunks: [GradientChunk]
  /// The chunks whose whole sums come from the next process, by their places in ``chunks``.
  private let wanted: [Int]
  private let messages: GradientMessages
  private let clock = ContinuousClock()

  /// Partial sums that are awaited, the oldest first.
  private var arriving = MessagesInFlight()
  /// Partial sums on their way to the next process.
  private var leaving = MessagesInFlight()
  /// Whole sums that are awaited.
  private var awaited = MessagesInFlight()
  /// Whole sums on their way to the process before.
  private var returning = MessagesInFlight()
  /// Chunks to which this process has added its gradients.
  private var added = 0
  /// Chunks whose whole sum came from the next process.
  private var summed = 0
  private var begin: ContinuousClock.Instant?
  private var adding = Duration.zero

  init(_ group: any ProcessGroup, _ work: GradientWork, _ messages: GradientMessages) {
    (self.group, self.work, self.messages) = (group, work, messages)
    let chunks = GradientChunk.cut(work.nonzero, processes: group.count, shares: work.shares)
    self.chunks = chunks
    // Sums come back along the chain as far as to their owners.
    wanted =
      group.rank == group.count - 1
      ? [] : chunks.indices.filter { Self.owner(of: chunks[$0], work) <= group.rank }
  }

  /// The process nearest to the first that needs a chunk's sum.
  private static func owner(of chunk: GradientChunk, _ work: GradientWork) -> Int {
    work.shares?.owner(of: chunk.start) ?? 0
  }

  private var isFirst: Bool { group.rank == 0 }
  private var isLast: Bool { group.rank == group.count - 1 }

  /// Runs until every chunk is summed, and its sum was sent on.
  ///
  /// - Parameter threads: the number of threads that add, asked before each addition; 0 while others compute, and then one
  ///   adds.
  /// - Returns: what it cost; ``ReductionTraffic/waiting`` is not known here.
  mutating func run(threads: () -> Int) -> ReductionTraffic {
    var patience = Patience()
    while added < chunks.count || summed < wanted.count || !leaving.isEmpty || !returning.isEmpty {
      if makesProgress(threads) { patience.reset() } else { patience.pause(isComputing: threads() == 0) }
    }
    var traffic = ReductionTraffic()
    traffic.bytesSent = leaving.bytes + returning.bytes
    traffic.bytesReceived = arriving.bytes + awaited.bytes
    traffic.adding = adding
    traffic.duration = begin.map { clock.now - $0 } ?? .zero
    return traffic
  }

  /// Does whatever can be done now.
  ///
  /// - Returns: whether there was anything.
  private mutating func makesProgress(_ threads: () -> Int) -> Bool {
    let before = [arriving.started, added, leaving.finished, awaited.started, summed, returning.finished]
    askForPartialSum()
    addNext(threads)
    leaving.finishFirst().map(messages.release)
    awaitSum()
    passSumOn(threads)
    returning.finishFirst().map(messages.release)
    return before
      != [arriving.started, added, leaving.finished, awaited.started, summed, returning.finished]
  }

  /// Makes room for the next partial sum.
  private mutating func askForPartialSum() {
    guard !isFirst, arriving.started < chunks.count, arriving.hasRoom else { return }
    let message = messages.place(for: chunks[arriving.started])
    arriving.append(
      message,
      group.startReceiving(message.range, into: message.buffer, from: group.rank - 1, on: .partialSums))
  }

  /// Adds this process's gradients to the next partial sum, and sends it on.
  private mutating func addNext(_ threads: () -> Int) {
    guard added < chunks.count, leaving.hasRoom, returning.hasRoom else { return }
    let chunk = chunks[added]
    guard work.progress.completeFrom <= chunk.start else { return }
    var arrival: GradientMessage?
    if !isFirst {
      guard let message = arriving.finishFirst() else { return }
      arrival = message
    }
    let start = clock.now
    begin = begin ?? start
    let count = max(1, threads())
    add(arrival, chunk, count)
    let message = messages.pack(chunk, of: work.gradients[0], threads: count)
    adding += clock.now - start
    added += 1
    if isLast {
      // What all others will have.
      messages.unpack(message, chunk, into: work.gradients[0], threads: count)
      sendBack(message, chunk)
    } else {
      leaving.append(
        message,
        group.startSending(message.range, of: message.buffer, to: group.rank + 1, on: .partialSums))
    }
  }

  /// Adds the gradients of all workers to what arrived, in their order.
  private func add(_ arrival: GradientMessage?, _ chunk: GradientChunk, _ threads: Int) {
    concurrently(chunk.pieces.count, threads: threads) { [messages, gradients = work.gradients] index in
      let piece = chunk.pieces[index]
      // Sums of two numbers do not depend on their order.
      if let arrival { messages.add(arrival, piece, to: gradients[0]) }
      for other in gradients.dropFirst() {
        gradients[0].add(other, in: piece.range)
        other.clear(piece.range)
      }
    }
    arrival.map(messages.release)
  }

  /// Waits for the whole sum of a chunk once its partial sum has left its memory.
  private mutating func awaitSum() {
    guard awaited.started < wanted.count, wanted[awaited.started] < leaving.finished, awaited.hasRoom
    else { return }
    let message = messages.place(for: chunks[wanted[awaited.started]], replacing: work.gradients[0])
    awaited.append(
      message, group.startReceiving(message.range, into: message.buffer, from: group.rank + 1, on: .sums))
  }

  /// Sends a whole sum on that arrived.
  private mutating func passSumOn(_ threads: () -> Int) {
    guard returning.hasRoom, let message = awaited.finishFirst() else { return }
    let chunk = chunks[wanted[summed]]
    messages.unpack(message, chunk, into: work.gradients[0], threads: max(1, threads()))
    summed += 1
    sendBack(message, chunk)
  }

  private mutating func sendBack(_ message: GradientMessage, _ chunk: GradientChunk) {
    guard Self.owner(of: chunk, work) < group.rank else { return messages.release(message) }
    returning.append(
      message, group.startSending(message.range, of: message.buffer, to: group.rank - 1, on: .sums))
  }
}
