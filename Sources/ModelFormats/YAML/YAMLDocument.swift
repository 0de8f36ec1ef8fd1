package import Files

/// A YAML file of the kind that Marian, Bergamot and OPUS-MT have: configurations and vocabularies.
///
/// Read are block and flow maps and lists, plain, quoted and block scalars, comments, and keys after `?`; JSON is a part
/// of it. Anchors and aliases, of which a small file can make an endless one, are refused, and so are several documents
/// in one file and types of one's own.
///
/// Source: YAML Ain't Markup Language, version 1.2.2; scalars as in yaml-cpp, which Marian uses.
package struct YAMLDocument: Sendable, Equatable {
  /// The document's value.
  package var root: YAMLNode

  /// The greatest size of a file in bytes: a vocabulary of a million tokens takes less.
  static let greatestSize = 64 << 20

  /// A document to be written.
  package init(_ root: YAMLNode) { self.root = root }

  /// Reads a file, plain or gzip.
  ///
  /// - Throws: ``FileError``, which names the line and the problem.
  package init(path: String) throws(FileError) {
    try self.init(parsing: readTextFile(path: path, limit: YAMLDocument.greatestSize), path: path)
  }

  /// Parses text in UTF-8.
  ///
  /// - Parameters:
  ///   - bytes: the text.
  ///   - path: where it is from, for messages.
  /// - Throws: see ``init(path:)``.
  package init(parsing bytes: [UInt8], path: String) throws(FileError) {
    guard isUTF8(bytes) else {
      throw .invalidFormat(
        path: path, place: "", found: "broken UTF-8", expected: "YAML in UTF-8",
        hint: "find the encoding and convert it with 'iconv'")
    }
    do throws(YAMLParser.Failure) {
      root = try YAMLParser.parse(bytes)
    } catch {
      throw .invalidFormat(
        path: path, place: "line \(error.line)", found: error.found, expected: error.expected,
        hint: "correct this line")
    }
  }
}

// MARK: - Writing

extension YAMLDocument {
  /// The document as text, in blocks.
  package var text: String { YAMLDocument.lines(root, "").joined(separator: "\n") + "\n" }

  /// Writes the file, whole or not at all.
  ///
  /// - Throws: ``FileError`` if it cannot be written.
  package func write(path: String) throws(FileError) {
    try writeFileAtomically(path: path, contents: Array(text.utf8))
  }

  private static func lines(_ node: YAMLNode, _ indentation: String) -> [String] {
    switch node {
    case .scalar(let text, let isQuoted): [indentation + quoted(text, isQuoted)]
    case .list([]): [indentation + "[]"]
    case .map([]): [indentation + "{}"]
    case .list(let nodes): nodes.flatMap { entry("\(indentation)-", $0, indentation + "  ") }
    case .map(let pairs):
      pairs.flatMap { entry("\(indentation)\(key($0.key)):", $0.value, indentation + "  ") }
    }
  }

  /// `start value` in a line, or `start` and the value below it.
  private static func entry(_ start: String, _ value: YAMLNode, _ indentation: String) -> [String] {
    switch value {
    case .scalar("", isQuoted: false): [start]
    case .scalar, .list([]), .map([]): [start + " " + lines(value, "").joined()]
    default: [start] + lines(value, indentation)
    }
  }

  /// Keys are words of the format; other ones are quoted, so that no reader takes `yes` or `1` for something else.
  private static func key(_ key: String) -> String {
    let isWord = key.utf8.allSatisfy { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_")
    }
    let node = YAMLNode.plain(key)
    let isText = node.bool == nil && node.float == nil && !node.isNull
    return isWord && isText && key.first?.isLetter == true ? key : quoted(key, true)
  }

  private static func quoted(_ text: String, _ isQuoted: Bool) -> String {
    // What is read back as the same text needs no quotation marks.
    if !isQuoted, !text.contains("\n"),
      (try? YAMLParser.parse(Array("[\(text)]".utf8))) == .list([.plain(text)]),
      (try? YAMLParser.parse(Array("a: \(text)".utf8))) == .map([.init(key: "a", value: .plain(text))])
    {
      return text
    }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\0"..<" ", "\u{7f}"..."\u{a0}": result += "\\x" + hexadecimal(scalar.value, 2)
      case "\u{2028}", "\u{2029}", "\u{feff}": result += "\\u" + hexadecimal(scalar.value, 4)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func hexadecimal(_ number: UInt32, _ count: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: count - digits.count) + digits
  }
}
