/// Joins the subwords of a line to words: removes each separator with the space that follows it.
///
/// The result is that of subword-nmt's `sed -r 's/(@@ )|(@@ ?$)//g'`.
public struct SubwordJoiner: Sendable {
  private let separator: [UInt8]

  /// Joins subwords that end in a separator if their word continues.
  ///
  /// - Precondition: the separator is not empty.
  public init(separator: [UInt8] = BytePairEncoding.continuation) {
    precondition(!separator.isEmpty, "SubwordJoiner: empty separator")
    self.separator = separator
  }

  /// The words of a line.
  ///
  /// - Parameter line: UTF-8 without a line end, subwords separated by spaces.
  /// - Returns: the words, separated by the other spaces of the line.
  public func join(_ line: [UInt8]) -> [UInt8] {
    var words: [UInt8] = []
    words.reserveCapacity(line.count)
    var position = 0
    while position < line.count {
      let end = position + separator.count
      let isSeparator =
        line[position] == separator[0] && end <= line.count && line[position..<end].elementsEqual(separator)
      if isSeparator, end == line.count || line[end] == UInt8(ascii: " ") {
        position = min(end + 1, line.count)
      } else {
        words.append(line[position])
        position += 1
      }
    }
    return words
  }
}
