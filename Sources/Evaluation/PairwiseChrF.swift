/// The chrF of each of some lines against each other, for choosing the one that agrees most with the others.
///
/// N-grams are counted once for each line, not once for each pair.
public struct PairwiseChrF: Sendable {
  /// The n-grams of one order.
  private struct Order: Sendable {
    /// For each line, its n-grams by number, each once, with how often it occurs.
    var lines: [[(number: Int32, count: Int32)]]
    /// For each line, how many n-grams it has.
    var totals: [Int32]
    /// The number of different n-grams of all lines.
    var distinctCount: Int
  }

  private let metric: ChrF
  private var orders: [Order] = []
  /// The number of lines.
  public let count: Int

  /// Counts the n-grams of lines.
  ///
  /// - Parameters:
  ///   - lines: UTF-8.
  ///   - metric: the variant of chrF.
  public init(_ lines: [[UInt8]], metric: ChrF = ChrF()) {
    (self.metric, count) = (metric, lines.count)
    let lines = lines.map { metric.isLowercased ? lowercased($0) : $0 }
    var (words, counter) = (WordTable(), NgramCounter())
    let characters = lines.map(metric.characters)
    orders = Self.orders(characters, metric.characterOrder, &counter)
    if metric.wordOrder > 0 {
      let numbers = lines.map { metric.numbersOfWords(in: $0, &words) }
      orders += Self.orders(numbers, metric.wordOrder, &counter)
    }
  }

  private static func orders(_ sequences: [[Int32]], _ highest: Int, _ counter: inout NgramCounter) -> [Order]
  {
    var orders: [Order] = []
    counter.number(sequences, orders: highest) { _, numbers, distinctCount in
      orders.append(
        Order(
          lines: numbers.map(counted), totals: numbers.map { Int32($0.count) }, distinctCount: distinctCount))
    }
    return orders
  }

  /// The different ones of some numbers, with how often they occur.
  private static func counted(_ numbers: [Int32]) -> [(number: Int32, count: Int32)] {
    var result: [(number: Int32, count: Int32)] = []
    for number in numbers.sorted() {
      if let last = result.last, last.number == number {
        result[result.count - 1].count += 1
      } else {
        result.append((number, 1))
      }
    }
    return result
  }

  /// The scores of all lines with one of them as the reference.
  ///
  /// - Parameter reference: the index of the reference.
  /// - Returns: the sentence-level score of each line, in order, 0 to 100: what ``Metric/sentenceScores(hypotheses:references:)``
  ///   says about the two, bit by bit.
  /// - Complexity: the sum of the lines' lengths, times the number of orders.
  public func scores(against reference: Int) -> [Double] {
    let width = 3 * orders.count
    var sums = [Double](repeating: 0, count: count * width)
    for (place, order) in orders.enumerated() {
      var occurrences = [Int32](repeating: 0, count: order.distinctCount)
      for (number, count) in order.lines[reference] { occurrences[Int(number)] = count }
      let total = order.totals[reference]
      for line in 0..<count {
        let matches = order.lines[line].reduce(0) { $0 + min($1.count, occurrences[Int($1.number)]) }
        let start = line * width + 3 * place
        // As in the metric: if the reference has no n-grams, those of the line do not count.
        sums[start] = Double(total > 0 ? order.totals[line] : 0)
        (sums[start + 1], sums[start + 2]) = (Double(total), Double(matches))
      }
    }
    return (0..<count).map { metric.fScore(Array(sums[$0 * width..<($0 + 1) * width])) }
  }
}
