// Lists and maps in brackets, as in JSON; block scalars.

extension YAMLParser {
  private static let maximumFlowDepth = 100

  /// A list or map in brackets.
  mutating func flow(depth: Int = 0) throws(Failure) -> YAMLNode {
    guard depth < YAMLParser.maximumFlowDepth else { throw failure("at most \(depth) nested values") }
    let isList = current == UInt8(ascii: "[")
    let end = isList ? UInt8(ascii: "]") : UInt8(ascii: "}")
    position += 1
    var nodes: [YAMLNode] = []
    var pairs: [YAMLNode.Pair] = []
    try skipFlowSpace()
    while current != end {
      if isIndicator("?") {
        position += 1
        try skipFlowSpace()
      }
      let key = try flowValue(depth)
      let isJSON = isQuotedOrBracketed(key)
      try skipFlowSpace()
      var value: YAMLNode?
      if current == UInt8(ascii: ":"), isJSON || isSpace(next) || isFlowEnd(next) {
        position += 1
        try skipFlowSpace()
        value = current == UInt8(ascii: ",") || current == end ? .missing : try flowValue(depth)
        try skipFlowSpace()
      }
      if isList, value == nil {
        nodes.append(key)
      } else {
        guard let text = key.text else { throw failure("a text as key, before this") }
        let pair = YAMLNode.Pair(key: text, value: value ?? .missing)
        if isList { nodes.append(.map([pair])) } else { pairs.append(pair) }
      }
      if current == UInt8(ascii: ",") {
        position += 1
        try skipFlowSpace()
      } else if current != end {
        throw failure("',' or '\(Character(Unicode.Scalar(end)))'")
      }
    }
    position += 1
    return isList ? .list(nodes) : .map(pairs)
  }

  private mutating func flowValue(_ depth: Int) throws(Failure) -> YAMLNode {
    try countValue()
    return switch current {
    case UInt8(ascii: "["), UInt8(ascii: "{"): try flow(depth: depth + 1)
    case UInt8(ascii: "\""), UInt8(ascii: "'"): .scalar(try quoted(), isQuoted: true)
    case nil: throw failure("the end of a list or map")
    default: .scalar(try plain(from: 0, isInFlow: true), isQuoted: false)
    }
  }

  private func isQuotedOrBracketed(_ node: YAMLNode) -> Bool {
    if case .scalar(_, isQuoted: false) = node { false } else { true }
  }

  /// Like ``skipSpace()``, but lines in brackets may be indented by tabs.
  mutating func skipFlowSpace() throws(Failure) {
    while let byte = current {
      if byte == 0x09 {
        position += 1
      } else {
        let before = position
        try skipSpaceButTabs()
        if position == before { return }
      }
    }
  }

  private mutating func skipSpaceButTabs() throws(Failure) {
    guard let byte = current else { return }
    switch byte {
    case 0x20, 0x0d: position += 1
    case 0x0a:
      position += 1
      (lineStart, line) = (position, line + 1)
    case UInt8(ascii: "#") where column == 0 || isSpace(bytes[position - 1]): skipLine()
    default: break
    }
  }

  /// A text after `|`, with its line ends, or after `>`, with lines joined.
  mutating func blockScalar(from minimum: Int) throws(Failure) -> YAMLNode {
    let isFolded = current == UInt8(ascii: ">")
    position += 1
    var indentation: Int?
    var chomping: UInt8?
    while let byte = current, !isSpace(byte) {
      if UInt8(ascii: "1")...UInt8(ascii: "9") ~= byte, indentation == nil {
        indentation = max(minimum - 1, 0) + Int(byte - UInt8(ascii: "0"))
      } else if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"), chomping == nil {
        chomping = byte
      } else {
        throw failure("the end of the line after '|' or '>'")
      }
      position += 1
    }
    guard skipToContent() else { throw failure("the end of the line after '|' or '>'") }
    var lines: [ArraySlice<UInt8>] = []
    while let text = nextBlockLine(&indentation, minimum) { lines.append(text) }
    var trailing = 0
    while let last = lines.last, last.isEmpty {
      lines.removeLast()
      trailing += 1
    }
    var text = isFolded ? folded(lines) : Array(lines.joined(separator: [0x0a]))
    if !lines.isEmpty, chomping != UInt8(ascii: "-") { text.append(0x0a) }
    if chomping == UInt8(ascii: "+") { text += [UInt8](repeating: 0x0a, count: trailing) }
    return .scalar(String(decoding: text, as: UTF8.self), isQuoted: true)
  }

  /// The next line of a block scalar without its indentation, which its first line decides; nil after the last.
  private mutating func nextBlockLine(_ indentation: inout Int?, _ minimum: Int) -> ArraySlice<UInt8>? {
    var start = position
    while start < bytes.count, bytes[start] != 0x0a { start += 1 }
    guard start + 1 < bytes.count else {
      position = bytes.count
      return nil
    }
    start += 1
    let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.count
    var line = bytes[start..<end]
    if line.last == 0x0d { line.removeLast() }
    let spaces = line.prefix { $0 == 0x20 }.count
    let isBlank = spaces == line.count
    if !isBlank {
      if indentation == nil { indentation = spaces }
      guard spaces >= max(indentation ?? 0, minimum) else { return nil }
    }
    (lineStart, self.line, position) = (start, self.line + 1, end)
    return isBlank ? line.dropFirst(indentation ?? line.count) : line.dropFirst(indentation ?? 0)
  }

  private func folded(_ lines: [ArraySlice<UInt8>]) -> [UInt8] {
    var text: [UInt8] = []
    var (blanks, wasIndented) = (0, false)
    for (index, line) in lines.enumerated() {
      guard !line.isEmpty else {
        blanks += 1
        continue
      }
      let isIndented = line.first == 0x20
      // Lines with more indentation keep their line ends.
      let keeps = wasIndented || isIndented
      if index == blanks {
        text += [UInt8](repeating: 0x0a, count: blanks)
      } else {
        text += blanks == 0 && !keeps ? [0x20] : [UInt8](repeating: 0x0a, count: blanks + (keeps ? 1 : 0))
      }
      text += line
      (blanks, wasIndented) = (0, isIndented)
    }
    return text
  }
}
