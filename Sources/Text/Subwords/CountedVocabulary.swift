/// The subwords that a segmentation may use, from a file of subwords with their counts, as subword-nmt's `get-vocab` and
/// fastBPE's `getvocab` write it: `the 1234`, `th@@ 56`.
public struct CountedVocabulary: Sendable {
  private let subwords: ByteStringTable

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: a file of lines with a subword, a space and its count, plain or gzip.
  ///   - threshold: subwords that are less frequent are left out; nil for none.
  /// - Throws: ``VocabularyError`` if the file cannot be read or a line is malformed.
  public init(path: String, threshold: Int? = nil) throws(VocabularyError) {
    try self.init(contents: readVocabularyFile(path), path: path, threshold: threshold)
  }

  package init(contents: [UInt8], path: String, threshold: Int? = nil) throws(VocabularyError) {
    var table = ByteStringTable()
    for (index, line) in textLines(of: contents).enumerated() {
      let span = line.span
      let content = WordRanges(of: span).content
      let fields = line.dropFirst(content.lowerBound).prefix(content.count)
        .split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      guard fields.count == 2, let count = Int(String(decoding: fields[1], as: UTF8.self)) else {
        throw .malformedCount(
          found: String(decoding: line, as: UTF8.self), path: path, line: index + 1)
      }
      let subword = fields[0]
      if count >= threshold ?? count { _ = table.insert(subword.span) }
    }
    subwords = table
  }

  /// Whether there are no subwords; like in subword-nmt, an empty vocabulary allows all.
  var isEmpty: Bool { subwords.count == 0 }

  /// Whether a subword is in the vocabulary, spelled with the separator if its word continues.
  func contains(_ subword: Span<UInt8>) -> Bool { subwords.find(subword) != nil }
}
