extension BLEU {
  /// The words of a line, as BLEU counts them.
  ///
  /// - Parameter line: valid UTF-8.
  /// - Returns: the words in order.
  package func words(of line: [UInt8]) -> [[UInt8]] {
    var encoder = pieces?.makeEncoder()
    var words: [[UInt8]] = []
    forEachWord(in: line, &encoder) { words.append(Array($0[$1])) }
    return words
  }
}
