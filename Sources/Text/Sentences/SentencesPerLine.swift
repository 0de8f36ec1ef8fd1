/// The mean number of sentences on a line, counted in the first lines of a text.
///
/// A model that has seen only single sentences translates the first sentence of a line and leaves the others out, so
/// lines must be split for it. A model that has seen paragraphs must get paragraphs.
struct SentencesPerLine: Sendable {
  /// Maximum number of lines to examine in each file: enough for a mean with two decimals.
  static let examinedLines = 20_000

  private var lines = 0
  private var sentences = 0

  /// The mean, rounded to two decimals; nil if no line was counted.
  var mean: Double? {
    lines == 0 ? nil : (Double(sentences) / Double(lines) * 100).rounded() / 100
  }

  /// Counts the sentences of a line; a blank line does not count.
  mutating func add(_ line: [UInt8], _ splitter: SentenceSplitter) {
    let count = splitter.sentences(of: line).count
    if count > 0 { (lines, sentences) = (lines + 1, sentences + count) }
  }

  /// Adds the counts of other lines.
  mutating func add(_ other: SentencesPerLine) {
    (lines, sentences) = (lines + other.lines, sentences + other.sentences)
  }
}
