public import Files

/// Lines of a second file that belong to those of the text: how translations begin, or whole translations to score.
///
/// A list of the best translations has any number of lines for each line of the text: `number ||| translation ||| …`, with
/// lines numbered from 0, in their order, as Moses, Marian and `translate --n-best` write them. What follows the translation
/// is ignored.
public struct CompanionLines {
  /// What the lines are.
  public enum Kind: Sendable {
    /// How translations begin.
    case prefixes
    /// Whole translations.
    case translations
    /// Lists of translations.
    case nBestLists
  }

  /// A line of a list.
  private struct Item {
    var number: Int
    var text: String
  }

  private let kind: Kind
  private let reader: LineReader
  /// The next line of a list, which belongs to a later line of the text.
  private var next: Item?

  /// Opens a file.
  ///
  /// - Throws: `FileError` if it cannot be read.
  public init(_ kind: Kind, path: String) throws(FileError) {
    (self.kind, reader) = (kind, try LineReader(path: path))
  }

  /// Adds the next line to a line of the text.
  ///
  /// - Throws: `FileError` if there is none.
  mutating func complete(_ line: inout SourceLine, number: Int, of name: String) throws {
    if kind == .nBestLists { return try completeList(of: &line, number: number, of: name) }
    guard let next = try reader.next() else {
      throw FileError.invalidFormat(
        path: reader.name, place: "", found: number == 2 ? "1 line" : "\(number - 1) lines",
        expected: "one for each line of '\(name)', which has more", hint: "")
    }
    let text = String(decoding: next, as: UTF8.self)
    switch kind {
    case .prefixes: line.prefix = text
    case .translations: line.translation = text
    case .nBestLists: break
    }
  }

  /// Adds the next list.
  private mutating func completeList(of line: inout SourceLine, number: Int, of name: String) throws {
    var item = try next ?? readItem()
    while let found = item, found.number == number - 1 {
      line.nBest.append(found.text)
      item = try readItem()
    }
    next = item
    if let item, item.number < number - 1 {
      throw FileError.invalidFormat(
        path: reader.name, place: "line \(reader.lineNumber)", found: "a translation of line \(item.number)",
        expected: "the numbers of lines in ascending order, after \(number - 1)", hint: "")
    }
    if line.nBest.isEmpty {
      throw FileError.invalidFormat(
        path: reader.name, place: item == nil ? "" : "line \(reader.lineNumber)",
        found: "no translation of line \(number - 1)",
        expected: "one or more for each line of '\(name)', numbered from 0", hint: "")
    }
  }

  /// The next line of a list; nil if there is none.
  private func readItem() throws -> Item? {
    guard let line = try reader.next() else { return nil }
    let text = String(decoding: line, as: UTF8.self)
    let fields = text.split(separator: "|||", maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count > 1, let number = Int(fields[0].filter { $0 != " " }), number >= 0 else {
      throw FileError.invalidFormat(
        path: reader.name, place: "line \(reader.lineNumber)", found: "'\(text.prefix(40))'",
        expected: "number ||| translation ||| …, as --n-best prints it",
        hint: "for one translation in each line, leave out --score-format")
    }
    let spaced = fields[1].hasPrefix(" ") ? fields[1].dropFirst() : fields[1]
    return Item(number: number, text: String(spaced.hasSuffix(" ") ? spaced.dropLast() : spaced))
  }

  /// Checks that no line is left.
  func requireEnd(after count: Int, of name: String) throws {
    if let next {
      throw FileError.invalidFormat(
        path: reader.name, place: "line \(reader.lineNumber)", found: "a translation of line \(next.number)",
        expected: "lines numbered from 0 as in '\(name)', which has \(count)", hint: "")
    }
    guard try reader.next() != nil else { return }
    throw FileError.invalidFormat(
      path: reader.name, place: "line \(count + 1)", found: "another line",
      expected: "one for each line of '\(name)', which has \(count)", hint: "")
  }
}
