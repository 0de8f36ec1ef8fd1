/// How lines of input are written.
public enum LineFormat: String, Sendable, CaseIterable {
  /// Text.
  case text
  /// Text, and possibly a tab and the beginning of its translation.
  case tabbed
  /// A JSON object with `text` and, as far as they are wanted, `prefix`, `translation`, `nbest`, an array of translations to
  /// rank, `alternatives_at`, a number of characters (see ``SourceLine/alternativesAt``), `glossary`, an object of terms with
  /// their target forms, one or an array of them, and `protect`: a regular expression of what must stay as it is, an array of
  /// them, or false if nothing must.
  case json

  /// The line that bytes stand for.
  ///
  /// - Parameters:
  ///   - bytes: without a line end.
  ///   - number: the line's number, from 1.
  ///   - name: the file's name, for errors.
  /// - Returns: the text, with what the line asks for.
  /// - Throws: `FileError` for a JSON line that is none, or has other keys.
  func line(_ bytes: [UInt8], number: Int, of name: String) throws -> SourceLine {
    switch self {
    case .text: return SourceLine(utf8: bytes)
    case .tabbed:
      guard let tab = bytes.lastIndex(of: UInt8(ascii: "\t")) else { return SourceLine(utf8: bytes) }
      var line = SourceLine(utf8: Array(bytes[..<tab]))
      line.prefix = String(decoding: bytes[(tab + 1)...], as: UTF8.self)
      return line
    case .json: return try JSONLine.parse(bytes, number: number, of: name)
    }
  }
}
