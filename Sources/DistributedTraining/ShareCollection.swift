import ProcessGroups
import Tensors
import Training

/// Hands the elements of a buffer that the others own to the first process, part by part.
struct ShareCollection {
  private let group: any ProcessGroup
  private let shares: ProcessShares

  init(_ group: any ProcessGroup, _ shares: ProcessShares) { (self.group, self.shares) = (group, shares) }

  /// The most elements of a part.
  private static let limit = 1 << 18
  /// Parts on their way at the same time.
  private static let ahead = 4

  /// A part of the elements with its owner.
  private struct Part {
    let range: Range<Int>
    let owner: Int
  }

  private func parts(of range: Range<Int>) -> [Part] {
    (0..<group.count).flatMap { owner -> [Part] in
      let own = shares.range(of: owner).clamped(to: range)
      return stride(from: own.lowerBound, to: own.upperBound, by: Self.limit).map {
        Part(range: $0..<min($0 + Self.limit, own.upperBound), owner: owner)
      }
    }
  }

  /// Sends this process's elements, or receives those of the others.
  ///
  /// - Parameters:
  ///   - range: the elements, the same in all processes.
  ///   - buffer: holds the process's own elements.
  ///   - visit: receives all elements in order, in the first process. After it has thrown, the remaining elements still
  ///     arrive.
  /// - Throws: what `visit` throws.
  func run<Failure: Error>(
    _ range: Range<Int>, of buffer: FlatBuffer, visit: ([Float]) throws(Failure) -> Void
  ) throws(Failure) {
    let parts = parts(of: range)
    guard group.rank == 0 else {
      let own = parts.filter { $0.owner == group.rank }
      let transfers = own.map { group.startSending($0.range, of: buffer, to: 0, on: .state) }
      for transfer in transfers { transfer.wait() }
      return
    }
    var arriving: ArraySlice<(place: FlatBuffer, transfer: any MessageTransfer)> = []
    var asked = parts.filter { $0.owner != 0 }[...]
    func ask() {
      while arriving.count < Self.ahead, let part = asked.popFirst() {
        let place = FlatBuffer(count: part.range.count)
        arriving.append(
          (
            place,
            group.startReceiving(0..<part.range.count, into: place, from: part.owner, on: .state)
          ))
      }
    }
    var failure: Failure?
    for part in parts {
      ask()
      var values: [Float] = []
      if part.owner == 0 {
        values = buffer.array(part.range)
      } else if let next = arriving.popFirst() {
        next.transfer.wait()
        values = next.place.array
      }
      guard failure == nil else { continue }
      do { try visit(values) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
