/// Parses JSON (RFC 8259); errors name the line, what was found and what was expected.
package struct JSONParser {
  /// Where and why the text is not JSON.
  package struct Failure: Error, Equatable {
    /// Counted from 1.
    package let line: Int
    package let found: String
    package let expected: String
  }

  /// Deeper than any real file, so that a malicious one cannot exhaust the stack.
  private static let maximumDepth = 200

  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private var depth = 0

  /// Parses a whole text: one value, with optional white space around it.
  package static func parse(_ bytes: ArraySlice<UInt8>) throws(Failure) -> JSONTree {
    var parser = JSONParser(bytes: bytes, position: bytes.startIndex)
    let value = try parser.value()
    parser.skipSpace()
    guard parser.current == nil else { throw parser.failure("the end") }
    return value
  }

  private var current: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private func failure(_ expected: String) -> Failure {
    let line = 1 + bytes[..<position].count { $0 == UInt8(ascii: "\n") }
    guard let current else { return Failure(line: line, found: "the end of the file", expected: expected) }
    let found =
      0x21..<0x7f ~= current
      ? "'\(Character(UnicodeScalar(current)))'" : "the byte \(String(current, radix: 16))"
    return Failure(line: line, found: found, expected: expected)
  }

  private mutating func skipSpace() {
    while let byte = current, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar, or expected: String) throws(Failure) {
    guard current == UInt8(ascii: character) else { throw failure(expected) }
    position += 1
  }

  /// Consumes a character if it is next.
  private mutating func takes(_ character: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(Failure) -> JSONTree {
    skipSpace()
    guard depth < JSONParser.maximumDepth else { throw failure("at most \(depth) nested values") }
    depth += 1
    defer { depth -= 1 }
    switch current {
    case UInt8(ascii: "{"): return try .object(members())
    case UInt8(ascii: "["): return try .array(elements())
    case UInt8(ascii: "\""): return try .string(string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case .some(UInt8(ascii: "0")...UInt8(ascii: "9")), UInt8(ascii: "-"): return try .number(number())
    default: throw failure("a value")
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONTree) throws(Failure) -> JSONTree {
    for byte in "\(word)".utf8 {
      guard current == byte else { throw failure("'\(word)'") }
      position += 1
    }
    return value
  }

  private mutating func members() throws(Failure) -> [JSONTree.Member] {
    var members: [JSONTree.Member] = []
    var keys: Set<String> = []
    position += 1
    skipSpace()
    guard !takes("}") else { return [] }
    repeat {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw failure("a key in quotation marks") }
      let key = try string()
      guard keys.insert(key).inserted else {
        throw Failure(line: failure("").line, found: "the key '\(key)' a second time", expected: "it once")
      }
      skipSpace()
      try take(":", or: "':' after the key '\(key)'")
      members.append(JSONTree.Member(key: key, value: try value()))
      skipSpace()
    } while takes(",")
    try take("}", or: "',' or '}'")
    return members
  }

  private mutating func elements() throws(Failure) -> [JSONTree] {
    var elements: [JSONTree] = []
    position += 1
    skipSpace()
    guard !takes("]") else { return [] }
    repeat {
      elements.append(try value())
      skipSpace()
    } while takes(",")
    try take("]", or: "',' or ']'")
    return elements
  }
}

// MARK: - Numbers and strings

extension JSONParser {
  private mutating func number() throws(Failure) -> String {
    let start = position
    _ = takes("-")
    if !takes("0") { try digits() }
    if takes(".") { try digits() }
    if takes("e") || takes("E") {
      if !takes("+") { _ = takes("-") }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(Failure) {
    let start = position
    while let byte = current, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { position += 1 }
    guard position > start else { throw failure("a digit") }
  }

  private mutating func string() throws(Failure) -> String {
    var text: [UInt8] = []
    position += 1
    while let byte = current, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw failure("a string without control characters, or its closing '\"'") }
      position += 1
      if byte == UInt8(ascii: "\\") { try escape(&text) } else { text.append(byte) }
    }
    guard isUTF8(text) else {
      throw Failure(line: failure("").line, found: "broken UTF-8", expected: "UTF-8 text")
    }
    try take("\"", or: "'\"' at the end of a string")
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func escape(_ text: inout [UInt8]) throws(Failure) {
    let plain: [Unicode.Scalar: UInt8] = [
      "\"": 0x22, "\\": 0x5c, "/": 0x2f, "b": 0x08, "f": 0x0c, "n": 0x0a, "r": 0x0d, "t": 0x09,
    ]
    guard let byte = current else { throw failure("the rest of an escape") }
    if let character = plain[Unicode.Scalar(byte)] {
      position += 1
      text.append(character)
    } else {
      try take("u", or: "one of \"\\/bfnrtu after '\\'")
      text += Array(String(Character(try unicodeEscape())).utf8)
    }
  }

  /// The character of a `\u` escape, or of a surrogate pair of two.
  private mutating func unicodeEscape() throws(Failure) -> Unicode.Scalar {
    let unit = try hexadecimal()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xdc00, takes("\\"), takes("u") else { throw failure("the second half of a surrogate pair") }
    let second = try hexadecimal()
    guard 0xdc00...0xdfff ~= second,
      let scalar = Unicode.Scalar(0x10000 + ((UInt32(unit) - 0xd800) << 10) + (UInt32(second) - 0xdc00))
    else { throw failure("the second half of a surrogate pair") }
    return scalar
  }

  private mutating func hexadecimal() throws(Failure) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80
      else { throw failure("four hexadecimal digits after '\\u'") }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}
