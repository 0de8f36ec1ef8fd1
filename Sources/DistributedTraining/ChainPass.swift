internal import Machine
import ProcessGroups
import Tensors

/// The gradients of one update on their way along the chain and back, as one process sees them.
struct ChainPass {
  private let group: any ProcessGroup
  private let gradients: [FlatBuffer]
  private let chunks: [GradientChunk]
  private let threads: Int
  /// Places for partial sums that arrive while earlier ones are added.
  private let arrivals: [FlatBuffer]

  /// Partial sums that are awaited, the oldest first.
  private var arriving: ArraySlice<any MessageTransfer> = []
  /// Chunks whose partial sums were asked for, added, and sent on, in this order.
  private var asked = 0
  private var added = 0
  /// Partial sums on their way to the next process, by chunk.
  private var leaving: [any MessageTransfer] = []
  /// Chunks whose memory is free for the whole sum, and whose sum was asked for.
  private var awaited: [any MessageTransfer] = []
  /// Chunks whose whole sum is here.
  private var summed = 0
  /// Whole sums on their way to the process before.
  private var returning: [any MessageTransfer] = []

  init(_ group: any ProcessGroup, _ gradients: [FlatBuffer], _ chunks: [GradientChunk], threads: Int) {
    (self.group, self.gradients, self.chunks, self.threads) = (group, gradients, chunks, threads)
    let longest = chunks.map(\.range.count).max() ?? 0
    arrivals = group.rank == 0 ? [] : (0..<4).map { _ in FlatBuffer(count: longest) }
  }

  private var isFirst: Bool { group.rank == 0 }
  private var isLast: Bool { group.rank == group.count - 1 }

  /// Runs until every chunk is summed, and its sum was sent on.
  mutating func run() {
    var patience = Patience()
    while summed < chunks.count {
      if makesProgress() { patience.reset() } else { patience.pause() }
    }
    for transfer in returning { transfer.wait() }
  }

  /// Does whatever can be done now.
  ///
  /// - Returns: whether there was anything.
  private mutating func makesProgress() -> Bool {
    let before = (asked, added, awaited.count, summed)
    askForPartialSum()
    addNext()
    awaitSum()
    passSumOn()
    return before != (asked, added, awaited.count, summed)
  }

  /// Makes room for the next partial sum.
  private mutating func askForPartialSum() {
    guard !isFirst, asked < chunks.count, asked < added + arrivals.count else { return }
    let place = arrivals[asked % arrivals.count]
    let count = chunks[asked].range.count
    arriving.append(
      group.startReceiving(0..<count, into: place, from: group.rank - 1, on: .partialSums))
    asked += 1
  }

  /// Adds this process's gradients to the next partial sum, and sends it on.
  private mutating func addNext() {
    guard added < chunks.count else { return }
    if !isFirst {
      guard let next = arriving.first, next.isDone else { return }
      arriving.removeFirst()
    }
    add(chunks[added])
    if isLast {
      summed += 1
      sendBack(chunks[added])
    } else {
      leaving.append(
        group.startSending(chunks[added].range, of: gradients[0], to: group.rank + 1, on: .partialSums))
    }
    added += 1
  }

  /// Adds the gradients of all workers to what arrived, in their order.
  private func add(_ chunk: GradientChunk) {
    let (gradients, start) = (gradients, chunk.range.lowerBound)
    let arrival = isFirst ? nil : arrivals[added % arrivals.count]
    concurrently(chunk.slices.count, threads: threads) { index in
      let slice = chunk.slices[index]
      // Sums of two numbers do not depend on their order.
      if let arrival { gradients[0].add(arrival, at: slice.lowerBound - start, in: slice) }
      for other in gradients.dropFirst() {
        gradients[0].add(other, in: slice)
        other.clear(slice)
      }
    }
  }

  /// Waits for the whole sum of a chunk once its partial sum has left its memory.
  private mutating func awaitSum() {
    guard !isLast, awaited.count < leaving.count, leaving[awaited.count].isDone else { return }
    awaited.append(
      group.startReceiving(
        chunks[awaited.count].range, into: gradients[0], from: group.rank + 1, on: .sums))
  }

  /// Sends a whole sum on that arrived.
  private mutating func passSumOn() {
    guard !isLast, summed < awaited.count, awaited[summed].isDone else { return }
    sendBack(chunks[summed])
    summed += 1
  }

  private mutating func sendBack(_ chunk: GradientChunk) {
    guard !isFirst else { return }
    returning.append(group.startSending(chunk.range, of: gradients[0], to: group.rank - 1, on: .sums))
  }
}
