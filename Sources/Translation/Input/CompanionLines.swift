public import Files

/// Lines of a second file that belong to those of the text: how translations begin, or whole translations to score.
public struct CompanionLines {
  /// What the lines are.
  public enum Kind: Sendable {
    /// How translations begin.
    case prefixes
    /// Whole translations.
    case translations
  }

  private let kind: Kind
  private let reader: LineReader

  /// Opens a file.
  ///
  /// - Throws: `FileError` if it cannot be read.
  public init(_ kind: Kind, path: String) throws(FileError) {
    (self.kind, reader) = (kind, try LineReader(path: path))
  }

  /// Adds the next line to a line of the text.
  ///
  /// - Throws: `FileError` if there is none.
  func complete(_ line: inout SourceLine, number: Int, of name: String) throws {
    guard let next = try reader.next() else {
      throw FileError.invalidFormat(
        path: reader.name, place: "", found: number == 2 ? "1 line" : "\(number - 1) lines",
        expected: "one for each line of '\(name)', which has more", hint: "")
    }
    let text = String(decoding: next, as: UTF8.self)
    switch kind {
    case .prefixes: line.prefix = text
    case .translations: line.translation = text
    }
  }

  /// Checks that no line is left.
  func requireEnd(after count: Int, of name: String) throws {
    guard try reader.next() != nil else { return }
    throw FileError.invalidFormat(
      path: reader.name, place: "line \(count + 1)", found: "another line",
      expected: "one for each line of '\(name)', which has \(count)", hint: "")
  }
}
