import Files

extension BytePairEncoding {
  /// The codes file's content, format 0.2 of subword-nmt: a merge a line, its symbols separated by a space.
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
  /// - Throws: ``VocabularyError`` where the file cannot be read, it has another version or a line is not
  ///   a merge.
  public init(path: String) throws(VocabularyError) {
    try self.init(codes: readVocabularyFile(path), path: path)
  }

  /// Reads codes.
  ///
  /// - Parameters:
  ///   - codes: a codes file's whole content.
  ///   - path: the file's name, for messages.
  /// - Throws: ``VocabularyError`` where the version is not 0.2 or a line is not a merge.
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

/// A whole file of a vocabulary folder.
func readVocabularyFile(_ path: String) throws(VocabularyError) -> [UInt8] {
  do {
    return try readFile(path: path)
  } catch {
    throw .file(error)
  }
}

/// The lines of a file, without empty ones at its end.
///
/// Carriage returns go where the first line has one, in a file that was edited on Windows; elsewhere they may
/// be part of a token.
func textLines(of contents: [UInt8]) -> [ArraySlice<UInt8>] {
  var lines = contents.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  if lines.first?.last == UInt8(ascii: "\r") {
    lines = lines.map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
  }
  while let last = lines.last, last.isEmpty { lines.removeLast() }
  return lines
}
