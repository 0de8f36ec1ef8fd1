extension BytePairEncoding {
  /// The codes file's lines, format 0.2 of subword-nmt: a merge a line, its two symbols parted by a space.
  public var codes: [UInt8] {
    var output = Array("#version: 0.2\n".utf8)
    for merge in merges {
      output += symbols[Int(merge.left)]
      output.append(UInt8(ascii: " "))
      output += symbols[Int(merge.right)]
      output.append(UInt8(ascii: "\n"))
    }
    return output
  }

  /// Reads a codes file that `build-vocab` or subword-nmt has written.
  ///
  /// - Parameters:
  ///   - codes: the whole file.
  ///   - path: the file's name, for messages.
  /// - Throws: ``VocabularyError`` where the version is another one or a line is no merge.
  public init(codes: [UInt8], path: String) throws(VocabularyError) {
    self.init()
    var lines = codes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
    while let last = lines.last, last.isEmpty { lines.removeLast() }
    try Self.checkVersion(lines.first ?? [], path: path)
    for (index, line) in lines.enumerated().dropFirst() {
      let span = line.span
      var words = WordRanges(of: span)
      guard let left = words.next(in: span), let right = words.next(in: span), words.next(in: span) == nil,
        left.count + right.count + 1 == words.content.count
      else {
        throw .malformedMerge(
          found: String(decoding: line, as: UTF8.self), path: path, line: index + 1)
      }
      append(left: span.extracting(left), right: span.extracting(right))
    }
  }

  private static func checkVersion(_ line: ArraySlice<UInt8>, path: String) throws(VocabularyError) {
    let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard let first = words.first, first.hasPrefix("#version:") else {
      throw .codesWithoutVersion(found: String(decoding: line, as: UTF8.self), path: path)
    }
    let version = words.count > 1 ? String(words[words.count - 1]) : String(first.dropFirst(9))
    guard version == "0.2" || version == "0.2.0" else {
      throw .unknownCodesVersion(found: version, path: path)
    }
  }
}
