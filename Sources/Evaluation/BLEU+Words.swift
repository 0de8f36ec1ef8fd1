extension BLEU {
  /// The words of a line, as BLEU counts them.
  ///
  /// - Parameter line: valid UTF-8.
  /// - Returns: the words in order.
  package func words(of line: [UInt8]) -> [[UInt8]] {
    let separated = tokenization.separate(trimmingEnd(isLowercased ? lowercased(line) : line))
    var words: [[UInt8]] = []
    forEachWord(in: separated) { words.append(Array(separated[$0])) }
    return words
  }
}
