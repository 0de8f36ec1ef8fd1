/// Counts the n-grams of a hypothesis and its references.
///
/// An n-gram is identified by the number of its first n-1 tokens and its last token, so that every order costs one
/// table lookup per position, and no n-gram is stored.
struct NgramCounter {
  /// The numbers of the n-grams of the current order that begin at each position of each sequence.
  private var numbers: [[Int32]] = []
  private var table = PairTable()

  /// Calls `body` once for each order from 1.
  ///
  /// - Parameters:
  ///   - sequences: token numbers of the hypothesis, then of each reference.
  ///   - orders: the highest order.
  ///   - body: receives the order and, for each sequence, how often each n-gram occurs in it; an n-gram has the same
  ///     index in all sequences.
  mutating func count(_ sequences: [[Int32]], orders: Int, _ body: (Int, [[Int32]]) -> Void) {
    number(sequences, orders: orders) { order, numbers, distinctCount in
      body(order, numbers.map { Self.occurrences($0, distinctCount) })
    }
  }

  /// Calls `body` once for each order from 1.
  ///
  /// - Parameters:
  ///   - sequences: token numbers.
  ///   - orders: the highest order.
  ///   - body: receives the order, for each sequence the numbers of its n-grams from the first to the last, and how many
  ///     different n-grams there are; these are numbered from 0.
  mutating func number(_ sequences: [[Int32]], orders: Int, _ body: (Int, [[Int32]], Int) -> Void) {
    numbers = sequences
    for order in stride(from: 1, through: orders, by: 1) {
      table.clear(capacity: sequences.reduce(0) { $0 + $1.count })
      for sequence in sequences.indices {
        let length = max(0, sequences[sequence].count - order + 1)
        for position in 0..<length {
          let last = order == 1 ? 0 : sequences[sequence][position + order - 1]
          numbers[sequence][position] = table.number(of: numbers[sequence][position], last)
        }
        numbers[sequence].removeLast(numbers[sequence].count - length)
      }
      body(order, numbers, table.count)
    }
  }

  private static func occurrences(_ numbers: [Int32], _ distinctCount: Int) -> [Int32] {
    var counts = [Int32](repeating: 0, count: distinctCount)
    for number in numbers { counts[Int(number)] += 1 }
    return counts
  }
}

/// Assigns numbers to pairs of numbers, until the next ``clear(capacity:)``.
private struct PairTable {
  /// The number of distinct pairs since the last clearing.
  private(set) var count = 0
  private var keys: [UInt64] = []
  private var values: [Int32] = []
  /// The stamp at which each slot was filled: clearing increments the stamp instead of writing to all slots.
  private var stamps: [UInt32] = []
  private var stamp: UInt32 = 0

  mutating func clear(capacity: Int) {
    count = 0
    var size = max(64, keys.count)
    while size < capacity * 2 { size *= 2 }
    if size > keys.count || stamp == .max {
      (keys, values) = (Array(repeating: 0, count: size), Array(repeating: 0, count: size))
      (stamps, stamp) = (Array(repeating: 0, count: size), 0)
    }
    stamp += 1
  }

  mutating func number(of first: Int32, _ second: Int32) -> Int32 {
    let key = UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (keys.count - 1)
    while stamps[slot] == stamp {
      if keys[slot] == key { return values[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    (keys[slot], values[slot], stamps[slot]) = (key, Int32(count), stamp)
    count += 1
    return values[slot]
  }
}
