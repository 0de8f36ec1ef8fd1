import ProcessGroups
import Tensors
import Training

/// Collects numbers in the first process, which sends them to all, and bytes, which it keeps.
///
/// Bits stay as they are, those of NaN included: numbers travel as pairs of floats, which are only copied.
struct NumberExchange {
  private let group: any ProcessGroup

  init(_ group: any ProcessGroup) { self.group = group }

  /// The numbers of each process, by rank.
  func gather(_ numbers: [Double]) -> [[Double]] {
    guard group.rank == 0 else {
      send(numbers, to: [0])
      return split(receive(from: [0])[0])
    }
    let others = Array(1..<group.count)
    let all = [numbers] + receive(from: others)
    send(all.flatMap { [Double($0.count)] + $0 }, to: others)
    return all
  }

  /// The bytes of each process, by rank, in the first process; nothing in the others.
  func collect(_ bytes: [UInt8]) -> [[UInt8]] {
    guard group.rank == 0 else {
      send(ByteNumbers.numbers(of: bytes), to: [0])
      return []
    }
    return [bytes] + receive(from: Array(1..<group.count)).map(ByteNumbers.bytes)
  }

  /// The inverse of what the first process sends: counts, each before its numbers.
  private func split(_ numbers: [Double]) -> [[Double]] {
    var rest = numbers[...]
    return (0..<group.count).map { _ in
      let count = Int(rest.removeFirst())
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
  }

  /// Numbers that fit into the first message, besides their count; most exchanges need no second one.
  private static let firstCount = 31

  private func send(_ numbers: [Double], to others: [Int]) {
    let first = FlatBuffer(count: 2 * (Self.firstCount + 1))
    first.replace(at: 0, with: floats([Double(numbers.count)] + numbers.prefix(Self.firstCount)))
    let rest = floats(Array(numbers.dropFirst(Self.firstCount)))
    let second = FlatBuffer(count: rest.count)
    second.replace(at: 0, with: rest)
    let transfers = others.flatMap { other in
      [group.startSending(0..<first.count, of: first, to: other, on: .numbers)]
        + (rest.isEmpty
          ? [] : [group.startSending(0..<rest.count, of: second, to: other, on: .numbers)])
    }
    for transfer in transfers { transfer.wait() }
  }

  private func receive(from others: [Int]) -> [[Double]] {
    let firsts = others.map { other in
      let first = FlatBuffer(count: 2 * (Self.firstCount + 1))
      return (first, group.startReceiving(0..<first.count, into: first, from: other, on: .numbers))
    }
    return zip(others, firsts).map { other, first in
      first.1.wait()
      let start = doubles(first.0.array)
      let count = Int(start[0])
      let numbers = Array(start.dropFirst().prefix(count))
      guard count > Self.firstCount else { return numbers }
      let second = FlatBuffer(count: 2 * (count - Self.firstCount))
      group.startReceiving(0..<second.count, into: second, from: other, on: .numbers).wait()
      return numbers + doubles(second.array)
    }
  }
}

/// The halves of each number's bits.
private func floats(_ numbers: [Double]) -> [Float] {
  numbers.flatMap { number in
    let bits = number.bitPattern
    return [Float(bitPattern: UInt32(truncatingIfNeeded: bits)), Float(bitPattern: UInt32(bits >> 32))]
  }
}

private func doubles(_ floats: [Float]) -> [Double] {
  stride(from: 0, to: floats.count, by: 2).map { index in
    Double(bitPattern: UInt64(floats[index].bitPattern) | UInt64(floats[index + 1].bitPattern) << 32)
  }
}
