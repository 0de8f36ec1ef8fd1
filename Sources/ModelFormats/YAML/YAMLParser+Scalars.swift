// Values within lines: plain and quoted scalars, block scalars.

extension YAMLParser {
  /// A scalar, or a list or map in brackets.
  ///
  /// - Parameter minimum: the least column of further lines of it.
  /// - Returns: the node.
  /// - Throws: the place of what cannot be read.
  mutating func inline(from minimum: Int) throws(Failure) -> YAMLNode {
    switch current {
    case UInt8(ascii: "["), UInt8(ascii: "{"): return try flow()
    case UInt8(ascii: "\""): return .scalar(try doubleQuoted(), isQuoted: true)
    case UInt8(ascii: "'"): return .scalar(try singleQuoted(), isQuoted: true)
    default: return .scalar(try plain(from: minimum, isInFlow: false), isQuoted: false)
    }
  }

  /// Text without quotation marks, which ends before `: `, ` #`, or a line with less indentation.
  mutating func plain(from minimum: Int, isInFlow: Bool) throws(Failure) -> String {
    try checkPlainStart(isInFlow: isInFlow)
    var text = plainLine(isInFlow: isInFlow)
    if isInFlow {
      try appendFlowLines(&text)
      return String(decoding: text, as: UTF8.self)
    }
    // Further lines belong to it if they are indented and are not keys themselves.
    while true {
      let before = (position, line, lineStart)
      guard skipToContent(), current != nil else { break }
      let isComment = bytes[before.0..<position].contains(UInt8(ascii: "#"))
      try skipSpace()
      let isRest =
        current != nil && !isComment && line > before.1 && column >= max(minimum, 1) && !isIndicator("-")
        && !isIndicator("?") && !isMarker("...")
      let start = (position, line, lineStart)
      let rest = isRest ? plainLine(isInFlow: false) : []
      let isKey =
        isRest
        && { () -> Bool in
          _ = skipToContent()
          return isIndicator(":")
        }()
      guard isRest, !isKey, !rest.isEmpty else {
        (position, line, lineStart) = before
        break
      }
      (position, line, lineStart) = (start.0 + rest.count, start.1, start.2)
      let breaks = start.1 - before.1
      text += breaks == 1 ? [0x20] : [UInt8](repeating: 0x0a, count: breaks - 1)
      text += rest
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// In brackets, further lines belong to a text up to the next indicator, however they are indented.
  private mutating func appendFlowLines(_ text: inout ArraySlice<UInt8>) throws(Failure) {
    while true {
      let before = (position, line, lineStart)
      try skipFlowSpace()
      let isRest = line > before.1 && current != nil && current != UInt8(ascii: "#")
      let rest = isRest ? plainLine(isInFlow: true) : []
      guard !rest.isEmpty else {
        (position, line, lineStart) = before
        return
      }
      let breaks = line - before.1
      text += breaks == 1 ? [0x20] : [UInt8](repeating: 0x0a, count: breaks - 1)
      text += rest
    }
  }

  private func checkPlainStart(isInFlow: Bool) throws(Failure) {
    switch current {
    case UInt8(ascii: "&"): throw failure("no anchors")
    case UInt8(ascii: "*"): throw failure("no aliases")
    case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"), UInt8(ascii: "|"), UInt8(ascii: ">"),
      UInt8(ascii: "!"), UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: "#"),
      UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "["), UInt8(ascii: "{"):
      throw failure("a value; quote texts that begin with this character")
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
      // A missing key, `: value`, is a scalar without text.
      guard !isSpace(next) || current == UInt8(ascii: ":") else { throw failure("a value") }
    default: break
    }
  }

  private mutating func plainLine(isInFlow: Bool) -> ArraySlice<UInt8> {
    let start = position
    var end = position
    while let byte = current, byte != 0x0a {
      if byte == UInt8(ascii: ":"), isSpace(next) || isInFlow && isFlowEnd(next) { break }
      if byte == UInt8(ascii: "#"), position > start, isSpace(bytes[position - 1]) { break }
      if isInFlow, isFlowEnd(byte) || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { break }
      position += 1
      if !isSpace(byte) { end = position }
    }
    position = end
    return bytes[start..<end]
  }

  // MARK: Quoted

  private mutating func singleQuoted() throws(Failure) -> String {
    let start = line
    var text: [UInt8] = []
    position += 1
    while let byte = current {
      if byte == UInt8(ascii: "'") {
        position += 1
        guard current == byte else { return String(decoding: text, as: UTF8.self) }
      }
      if byte == 0x0a { fold(&text) } else { append(byte, to: &text) }
    }
    throw Failure(line: start + 1, found: "a text without end", expected: "the ' that ends it")
  }

  mutating func doubleQuoted() throws(Failure) -> String {
    let start = line
    var text: [UInt8] = []
    /// The length of the text up to the last escape, which folding leaves alone.
    var kept = 0
    position += 1
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        position += 1
        try escape(&text)
        kept = text.count
      case 0x0a: fold(&text, keeping: kept)
      default: append(byte, to: &text)
      }
    }
    throw Failure(line: start + 1, found: "a text without end", expected: "the \" that ends it")
  }

  mutating func quoted() throws(Failure) -> String {
    try current == UInt8(ascii: "'") ? singleQuoted() : doubleQuoted()
  }

  private mutating func append(_ byte: UInt8, to text: inout [UInt8]) {
    text.append(byte)
    position += 1
  }

  /// A line end within quotation marks is a space, several are one fewer line ends.
  private mutating func fold(_ text: inout [UInt8], keeping kept: Int = 0) {
    while text.count > kept, let last = text.last, last == 0x20 || last == 0x09 || last == 0x0d {
      text.removeLast()
    }
    var breaks = 0
    while let byte = current, isSpace(byte) {
      position += 1
      if byte == 0x0a {
        breaks += 1
        (lineStart, line) = (position, line + 1)
      }
    }
    text += breaks == 1 ? [0x20] : [UInt8](repeating: 0x0a, count: breaks - 1)
  }

  private mutating func escape(_ text: inout [UInt8]) throws(Failure) {
    guard let byte = current else { throw failure("the rest of an escape") }
    let scalar = Unicode.Scalar(byte)
    if let character = escapes[scalar] {
      position += 1
      text += Array(String(character).utf8)
    } else if let length = escapeLengths[scalar] {
      position += 1
      text += Array(String(try codePoint(length)).utf8)
    } else if byte == 0x0a || byte == 0x0d {
      // The line goes on in the next one.
      position += byte == 0x0d && next == 0x0a ? 2 : 1
      (lineStart, line) = (position, line + 1)
      while let byte = current, byte == 0x20 || byte == 0x09 { position += 1 }
    } else {
      throw failure("an escape of YAML after '\\'")
    }
  }

  /// The character of an escape with so many digits; JSON writes large ones as two surrogates.
  private mutating func codePoint(_ length: Int) throws(Failure) -> Unicode.Scalar {
    var value = try hexadecimal(length)
    if length == 4, 0xd800..<0xdc00 ~= value, current == UInt8(ascii: "\\"), next == UInt8(ascii: "u") {
      position += 2
      let low = try hexadecimal(4)
      guard 0xdc00..<0xe000 ~= low else { throw failure("the second half of a surrogate pair before this") }
      value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
    }
    guard let scalar = Unicode.Scalar(value) else { throw failure("the code of a character before this") }
    return scalar
  }

  private mutating func hexadecimal(_ length: Int) throws(Failure) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<length {
      guard let byte = current, byte < 0x80, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("\(length) hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  func isFlowEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
  }
}

/// What stands after a backslash, and the character that it is.
private let escapes: [Unicode.Scalar: Unicode.Scalar] = [
  "0": "\0", "a": "\u{7}", "b": "\u{8}", "t": "\t", "\t": "\t", "n": "\n", "v": "\u{b}", "f": "\u{c}",
  "r": "\r", "e": "\u{1b}", " ": " ", "\"": "\"", "/": "/", "\\": "\\", "N": "\u{85}", "_": "\u{a0}",
  "L": "\u{2028}", "P": "\u{2029}",
]

/// How many hexadecimal digits follow these letters.
private let escapeLengths: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]
