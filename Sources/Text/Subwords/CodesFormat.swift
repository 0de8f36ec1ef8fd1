/// The formats of codes files.
public enum CodesFormat: String, Sendable, CaseIterable {
  /// subword-nmt's first format, without a version line: the end of a word is a symbol of its own.
  case version01 = "0.1"
  /// subword-nmt's format since 2017, which `build-vocab` writes: the end of a word is part of its last character.
  case version02 = "0.2"
  /// fastBPE's format: like 0.2 without a version line, and with each merge's count.
  case fastBPE

  /// What a line with a merge looks like.
  var lineForm: String {
    self == .fastBPE ? "two symbols and a count, as in fastBPE's codes" : "two symbols"
  }

  /// The symbols of a line; nil if it is not a merge.
  func symbols(of line: ArraySlice<UInt8>) -> (left: ArraySlice<UInt8>, right: ArraySlice<UInt8>)? {
    let fields = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard fields.count == (self == .fastBPE ? 3 : 2), !fields.contains(where: \.isEmpty) else { return nil }
    return self == .fastBPE && !isNumber(fields[2]) ? nil : (fields[0], fields[1])
  }

  /// Whether lines are subwords with their counts, which look like merges of format 0.1.
  static func areCounts(_ lines: [ArraySlice<UInt8>]) -> Bool {
    let merges = lines.map(CodesFormat.version01.symbols)
    return merges.allSatisfy { $0.map { isNumber($0.right) } ?? false }
      && merges.contains { $0.map { !isNumber($0.left) } ?? false }
  }
}

private func isNumber(_ field: ArraySlice<UInt8>) -> Bool {
  field.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
}

extension BytePairEncoding {
  /// The encoding of a codes file in any ``CodesFormat``, which is recognized by the first line.
  ///
  /// - Parameters:
  ///   - path: a codes file, plain or gzip.
  ///   - merges: how many merges to use, the first ones of the file; nil for all.
  /// - Returns: the encoding; its ``codes`` are in format 0.2 if the file's are, or fastBPE's.
  /// - Throws: ``VocabularyError`` if the file cannot be read or contains a line that is not a merge.
  public static func readCodes(path: String, merges: Int? = nil) throws(VocabularyError) -> BytePairEncoding {
    try BytePairEncoding(anyCodes: readVocabularyFile(path), path: path, merges: merges)
  }

  /// The encoding of codes in any format; see ``readCodes(path:merges:)``.
  package init(anyCodes codes: [UInt8], path: String, merges limit: Int? = nil) throws(VocabularyError) {
    self.init()
    let lines = textLines(of: codes).map(trimmed)
    let (format, first) = try Self.format(of: lines.first ?? [], path: path)
    separatesEndOfWord = format == .version01
    if separatesEndOfWord, first == 0, CodesFormat.areCounts(lines) {
      throw .malformedCodes(
        found: String(decoding: lines[0], as: UTF8.self),
        expected: "a merge and not a subword with its count",
        path: path, line: 1)
    }
    for (index, line) in lines.enumerated().dropFirst(first).prefix(limit ?? lines.count) {
      guard let (left, right) = format.symbols(of: line) else {
        throw .malformedCodes(
          found: String(decoding: line, as: UTF8.self), expected: format.lineForm, path: path, line: index + 1
        )
      }
      append(left: left.span, right: right.span)
    }
  }

  /// The format that the first line shows, and the number of lines before the first merge.
  private static func format(of line: ArraySlice<UInt8>, path: String) throws(VocabularyError)
    -> (CodesFormat, linesBefore: Int)
  {
    let text = String(decoding: line, as: UTF8.self)
    if text.hasPrefix("#version:") {
      var version = text.dropFirst("#version:".count).filter { !$0.isWhitespace }[...]
      // 0.2.0 is 0.2.
      while version.hasSuffix(".0") { version = version.dropLast(2) }
      guard let format = CodesFormat(rawValue: String(version)), format != .fastBPE else {
        throw .unknownCodesVersion(found: String(version), path: path)
      }
      return (format, 1)
    }
    for format in [CodesFormat.version01, .fastBPE] where format.symbols(of: line) != nil {
      return (format, 0)
    }
    throw .malformedCodes(
      found: text,
      expected: "'#version: 0.2', two symbols (format 0.1), or two symbols and a count (fastBPE)",
      path: path, line: 1)
  }
}

/// A line without spaces and carriage returns at its ends, like subword-nmt reads it.
private func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  let span = line.span
  let content = WordRanges(of: span).content
  return line[line.startIndex + content.lowerBound..<line.startIndex + content.upperBound]
}
