import Files

extension BytePairEncoding {
  /// The contents of a codes file in subword-nmt's format 0.2: one merge per line, its symbols separated by a space.
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

  /// Reads a codes file written by `build-vocab` or subword-nmt.
  ///
  /// - Throws: ``VocabularyError`` if the file cannot be read, has another version, or contains a line that is not a
  ///   merge.
  public init(path: String) throws(VocabularyError) {
    try self.init(codes: readVocabularyFile(path), path: path)
  }

  /// Reads codes.
  ///
  /// - Parameters:
  ///   - codes: the contents of a codes file.
  ///   - path: the file's name, for messages.
  /// - Throws: ``VocabularyError`` if the version is not 0.2 or a line is not a merge.
  public init(codes: [UInt8], path: String) throws(VocabularyError) {
    self.init()
    let lines = textLines(of: codes)
    try Self.checkVersion(lines.first ?? [], path: path)
    for (index, line) in lines.enumerated().dropFirst() {
      let symbols = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      guard symbols.count == 2, !symbols[0].isEmpty, !symbols[1].isEmpty else {
        throw .malformedMerge(found: String(decoding: line, as: UTF8.self), path: path, line: index + 1)
      }
      let (left, right) = (symbols[0], symbols[1])
      append(left: left.span, right: right.span)
    }
  }

  private static func checkVersion(_ line: ArraySlice<UInt8>, path: String) throws(VocabularyError) {
    let text = String(decoding: line, as: UTF8.self)
    guard text.hasPrefix("#version:") else { throw .codesWithoutVersion(found: text, path: path) }
    let version = text.dropFirst("#version:".count).filter { !$0.isWhitespace }
    guard version == "0.2" || version == "0.2.0" else {
      throw .unknownCodesVersion(found: String(version), path: path)
    }
  }
}

/// The contents of a file in a vocabulary folder, without a byte order mark that an editor put before it.
func readVocabularyFile(_ path: String) throws(VocabularyError) -> [UInt8] {
  do {
    return try readTextFile(path: path)
  } catch {
    throw .file(error)
  }
}

/// The lines of a file, without empty ones at its end.
///
/// If the first line ends in a carriage return, as in a file that was edited on Windows, carriage returns are removed
/// from the ends of all lines; otherwise they may be part of a token.
func textLines(of contents: [UInt8]) -> [ArraySlice<UInt8>] {
  var lines = contents.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  if lines.first?.last == UInt8(ascii: "\r") {
    lines = lines.map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
  }
  while let last = lines.last, last.isEmpty { lines.removeLast() }
  return lines
}
