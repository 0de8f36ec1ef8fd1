/// Parses the blocks of a YAML document; errors name the line, what was found and what was expected.
///
/// A node is parsed from its first character on; the column of that character decides what belongs to it.
struct YAMLParser {
  /// Where and why the text is not YAML of the kind that is read.
  struct Failure: Error, Equatable {
    /// Counted from 1.
    let line: Int
    let found, expected: String
  }

  /// Deeper than any real file, so that a malicious one cannot exhaust the stack.
  private static let maximumDepth = 100

  /// More than the tokens of any vocabulary, so that the memory for them is limited.
  private static let maximumCount = 4_000_000

  let bytes: [UInt8]
  var position = 0
  /// Where the current line starts, and its number from 0.
  var lineStart = 0
  var line = 0
  private var depth = 0
  private var count = 0

  /// Parses a whole text in UTF-8.
  static func parse(_ bytes: [UInt8]) throws(Failure) -> YAMLNode {
    var parser = YAMLParser(bytes: bytes)
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { (parser.position, parser.lineStart) = (3, 3) }
    try parser.skipSpace()
    while parser.column == 0, parser.current == UInt8(ascii: "%") {
      parser.skipLine()
      try parser.skipSpace()
    }
    if parser.isMarker("---") {
      parser.position += 3
      try parser.skipSpace()
    }
    let node = try parser.block(from: 0, mayBeMap: true)
    try parser.skipSpace()
    if parser.isMarker("...") {
      parser.position += 3
      try parser.skipSpace()
    }
    guard parser.current == nil else { throw parser.failure("the end of the document") }
    return node
  }

  // MARK: Characters

  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The byte after the current one, with a line end for the end of the text.
  var next: UInt8 { position + 1 < bytes.count ? bytes[position + 1] : 0x0a }

  /// The column of the current character, from 0.
  var column: Int { position - lineStart }

  func failure(_ expected: String) -> Failure {
    guard let current else { return Failure(line: line + 1, found: "the end", expected: expected) }
    let text = bytes[position...].prefix { $0 != 0x0a }.prefix(24)
    let found = current == 0x0a ? "the end of the line" : "'\(String(decoding: text, as: UTF8.self))'"
    return Failure(line: line + 1, found: found, expected: expected)
  }

  mutating func skipLine() {
    while let byte = current, byte != 0x0a { position += 1 }
  }

  /// Skips spaces, line ends and comments; the current character is then the first of a node, or there is none.
  mutating func skipSpace() throws(Failure) {
    while let byte = current {
      switch byte {
      case 0x20, 0x0d: position += 1
      case 0x09:
        // A tab may separate, but not indent.
        guard column > 0, bytes[lineStart..<position].contains(where: { $0 != 0x20 && $0 != 0x09 }) else {
          throw failure("spaces for indentation, not tabs")
        }
        position += 1
      case 0x0a:
        position += 1
        (lineStart, line) = (position, line + 1)
      case UInt8(ascii: "#"):
        guard column == 0 || isSpace(bytes[position - 1]) else { return }
        skipLine()
      default: return
      }
    }
  }

  /// Skips spaces within the line, and a comment.
  ///
  /// - Returns: whether the line ends here.
  mutating func skipToContent() -> Bool {
    while let byte = current, byte == 0x20 || byte == 0x09 { position += 1 }
    if current == UInt8(ascii: "#"), position > lineStart, isSpace(bytes[position - 1]) { skipLine() }
    guard let byte = current else { return true }
    return byte == 0x0a || byte == 0x0d && next == 0x0a
  }

  /// Whether the current character is an indicator that needs a space after it, with one.
  func isIndicator(_ scalar: Unicode.Scalar) -> Bool { current == UInt8(ascii: scalar) && isSpace(next) }

  /// Whether the line begins with `---` or `...`.
  func isMarker(_ marker: StaticString) -> Bool {
    column == 0 && bytes[position...].starts(with: Array("\(marker)".utf8))
      && (position + 3 == bytes.count || isSpace(bytes[position + 3]))
  }

  // MARK: Blocks

  /// Parses a node whose first character is the current one.
  ///
  /// - Parameters:
  ///   - minimum: the least column of what belongs to it; what is left of it is a missing value.
  ///   - mayBeMap: whether it may be a map whose first key is in this line.
  /// - Returns: the node.
  /// - Throws: the place of what cannot be read.
  mutating func block(from minimum: Int, mayBeMap: Bool) throws(Failure) -> YAMLNode {
    guard current != nil, column >= minimum, !isMarker("---"), !isMarker("...") else { return .missing }
    guard depth < YAMLParser.maximumDepth else { throw failure("at most \(depth) nested values") }
    try countValue()
    depth += 1
    defer { depth -= 1 }
    let isTagged = try skipTag()
    if isTagged, skipToContent() {
      try skipSpace()
      return try block(from: minimum, mayBeMap: true)
    }
    let start = (column: column, line: line)
    if isIndicator("-") { return try list(at: start.column) }
    if isIndicator("?") { return try map(at: start.column, first: nil) }
    if current == UInt8(ascii: "|") || current == UInt8(ascii: ">") { return try blockScalar(from: minimum) }
    let node = try inline(from: minimum)
    let after = (position, line, lineStart)
    _ = skipToContent()
    if line == start.line, isIndicator(":") {
      guard mayBeMap, let key = node.text else { throw failure("one value in a line") }
      return try map(at: start.column, first: key)
    }
    (position, line, lineStart) = after
    guard skipToContent() else { throw failure("the end of the line after a value") }
    return node
  }

  /// Counts a value of the document.
  mutating func countValue() throws(Failure) {
    count += 1
    guard count <= YAMLParser.maximumCount else { throw failure("at most \(count - 1) values") }
  }

  private mutating func list(at column: Int) throws(Failure) -> YAMLNode {
    var nodes: [YAMLNode] = []
    while current != nil, self.column == column, isIndicator("-"), !isMarker("---") {
      position += 1
      nodes.append(try value(below: column, isInList: true))
      try skipSpace()
    }
    guard current == nil || self.column <= column else { throw failure("'- ' or less indentation") }
    return .list(nodes)
  }

  private mutating func map(at column: Int, first: String?) throws(Failure) -> YAMLNode {
    var pairs: [YAMLNode.Pair] = []
    var first = first
    repeat {
      // After `? key`, the value may be a map whose first key is in the same line.
      let isExplicit = first == nil && isIndicator("?")
      let key = if let first { first } else { try nextKey(column) }
      first = nil
      guard isIndicator(":") else {
        // `? key` may stand alone.
        pairs.append(.init(key: key, value: .missing))
        continue
      }
      position += 1
      pairs.append(.init(key: key, value: try value(below: column, isInList: false, mayBeMap: isExplicit)))
      try skipSpace()
    } while current != nil && self.column == column && !isMarker("---") && !isMarker("...")
    guard current == nil || self.column < column || column == 0 else {
      throw failure("a key, or less indentation")
    }
    return .map(pairs)
  }

  /// A key, up to its `:`.
  private mutating func nextKey(_ column: Int) throws(Failure) -> String {
    if isIndicator("?") {
      position += 1
      let node = try value(below: column, isInList: true)
      guard let key = node.text else { throw failure("a text as key, before this line") }
      try skipSpace()
      return key
    }
    let start = line
    _ = try skipTag()
    guard let key = try inline(from: column).text else { throw failure("a text as key, before this") }
    guard line == start, !skipToContent(), isIndicator(":") else {
      throw failure("':' after the key '\(key)'")
    }
    return key
  }

  /// The value after `-`, `?` or `:`, in the same line or below.
  private mutating func value(
    below column: Int, isInList: Bool, mayBeMap: Bool = true
  ) throws(Failure) -> YAMLNode {
    guard skipToContent() else { return try block(from: column + 1, mayBeMap: mayBeMap) }
    try skipSpace()
    guard current != nil else { return .missing }
    // Lists may stand in the column of their key.
    if !isInList, self.column == column, isIndicator("-"), !isMarker("---") { return try list(at: column) }
    return try block(from: column + 1, mayBeMap: true)
  }

  /// Skips a tag, which changes nothing since scalars stay text.
  private mutating func skipTag() throws(Failure) -> Bool {
    guard current == UInt8(ascii: "!") else { return false }
    let tag = bytes[position...].prefix { !isSpace($0) }
    let known = ["!", "!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq"]
    guard known.contains(String(decoding: tag, as: UTF8.self)) else {
      throw failure("no types of one's own (a word after '!')")
    }
    position += tag.count
    _ = skipToContent()
    return true
  }
}

func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d }
