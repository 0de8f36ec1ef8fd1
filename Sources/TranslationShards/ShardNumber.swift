/// Which of how many shards, written as `3/100`: the third of a hundred.
public struct ShardNumber: Sendable, Hashable, CustomStringConvertible {
  /// The most shards that a text is divided into.
  public static let most = 1_000_000

  /// Counted from 1.
  public let number: Int
  /// How many there are.
  public let count: Int

  /// A shard.
  ///
  /// - Precondition: `number` is from 1 to `count`, and that at most ``most``.
  public init(_ number: Int, of count: Int) {
    precondition(1...count ~= number && count <= Self.most, "shard \(number) of \(count)")
    (self.number, self.count) = (number, count)
  }

  /// Reads `3/100`.
  ///
  /// - Returns: nil for other text, and for numbers out of range.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Self.whole(parts[0]), let count = Self.whole(parts[1]),
      count <= Self.most, number <= count
    else { return nil }
    self.init(number, of: count)
  }

  /// Reads the name of a shard's files, `part-003-of-100`.
  ///
  /// - Returns: nil for another name.
  init?(name: some StringProtocol) {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "part", parts[2] == "of", let number = Self.whole(parts[1]),
      let count = Self.whole(parts[3]), count <= Self.most, number <= count
    else { return nil }
    self.init(number, of: count)
    guard self.name == name else { return nil }
  }

  private static func whole(_ text: some StringProtocol) -> Int? {
    guard !text.isEmpty, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(text), number > 0
    else { return nil }
    return number
  }

  /// The name of its files without endings, in an order that is also that of the alphabet.
  var name: String {
    let (digits, width) = (String(number), String(count).count)
    return "part-\(String(repeating: "0", count: width - digits.count))\(digits)-of-\(count)"
  }

  /// As in messages: `shard 3 of 100`.
  public var description: String { "shard \(number) of \(count)" }
}

/// Numbers as ranges: `3,7,38-100`.
///
/// - Parameter numbers: in ascending order.
/// - Returns: "" for none.
public func rangesText(_ numbers: [Int]) -> String {
  var ranges: [ClosedRange<Int>] = []
  for number in numbers {
    if let last = ranges.last, last.upperBound + 1 == number {
      ranges[ranges.count - 1] = last.lowerBound...number
    } else {
      ranges.append(number...number)
    }
  }
  return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
    .joined(separator: ",")
}
