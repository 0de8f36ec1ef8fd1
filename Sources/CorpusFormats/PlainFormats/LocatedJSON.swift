import Files

/// A JSON value with its place in the text.
indirect enum LocatedJSON: Sendable {
  case object([Member], Range<Int>)
  case array(Range<Int>)
  case string(String, Range<Int>)
  /// A number, `true`, `false` or `null`.
  case other(Range<Int>)

  /// A key and its value.
  struct Member: Sendable {
    let key: String
    /// Where the key begins.
    let start: Int
    let value: LocatedJSON
  }

  /// The place of the value.
  var range: Range<Int> {
    switch self {
    case .object(_, let range), .array(let range), .string(_, let range), .other(let range): range
    }
  }

  /// The members of an object.
  var members: [Member] {
    guard case .object(let members, _) = self else { return [] }
    return members
  }

  /// The value of a string.
  var text: String? {
    guard case .string(let text, _) = self else { return nil }
    return text
  }

  subscript(key: String) -> LocatedJSON? { members.first { $0.key == key }?.value }
}

/// Parses JSON with the places of its values; `JSONParser` checks the text beforehand.
struct LocatedJSONParser {
  private let bytes: [UInt8]
  private var position = 0

  /// The value of a whole text.
  ///
  /// - Throws: `FileError` if it is not JSON.
  static func parse(_ bytes: [UInt8], path: String) throws(FileError) -> LocatedJSON {
    do {
      _ = try JSONParser.parse(bytes[...])
    } catch {
      throw .invalidFormat(
        path: path, place: "line \(error.line)", found: error.found, expected: error.expected, hint: "")
    }
    var parser = LocatedJSONParser(bytes: bytes)
    return parser.value()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) { position += 1 }
  }

  private mutating func takes(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value() -> LocatedJSON {
    skipSpace()
    let start = position
    guard position < bytes.count else { return .other(start..<start) }
    switch bytes[position] {
    case UInt8(ascii: "{"):
      position += 1
      var members: [LocatedJSON.Member] = []
      while !takes("}"), position < bytes.count {
        skipSpace()
        let place = position
        let key = string()
        _ = takes(":")
        members.append(LocatedJSON.Member(key: key, start: place, value: value()))
        _ = takes(",")
      }
      return .object(members, start..<position)
    case UInt8(ascii: "["):
      position += 1
      while !takes("]"), position < bytes.count {
        _ = value()
        _ = takes(",")
      }
      return .array(start..<position)
    case UInt8(ascii: "\""):
      let text = string()
      return .string(text, start..<position)
    default:
      while position < bytes.count, !",]} \t\r\n".utf8.contains(bytes[position]) { position += 1 }
      return .other(start..<position)
    }
  }

  private mutating func string() -> String {
    let start = position
    position = min(position + 1, bytes.count)
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
    }
    position = min(position + 1, bytes.count)
    guard case .string(let text)? = try? JSONParser.parse(bytes[start..<position]) else { return "" }
    return text
  }
}
