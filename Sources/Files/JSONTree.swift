/// A JSON value that keeps the order of its keys.
///
/// Foundation's parsers lose the order, accept duplicate keys, and do not report the line of an error. All three matter
/// for files written by hand and for headers that must not be ambiguous.
package indirect enum JSONTree: Equatable, Sendable {
  case null
  case bool(Bool)
  /// A number as written.
  case number(String)
  case string(String)
  case array([JSONTree])
  case object([Member])

  /// A key and its value.
  package struct Member: Equatable, Sendable {
    package let key: String
    package let value: JSONTree

    /// A member of an object.
    package init(key: String, value: JSONTree) { (self.key, self.value) = (key, value) }
  }

  /// The value of a key, if this is an object that has it.
  package subscript(key: String) -> JSONTree? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// A description for messages, shortened if long: `the number 3`, `the string 'abc'`, `a list of 2`.
  package var words: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let digits): "the number \(digits.prefix(40))"
    case .string(let text): "the string '\(text.prefix(40))'"
    case .array(let elements): "a list of \(elements.count)"
    case .object(let members): "an object of \(members.count) keys"
    }
  }
}

/// Text in JSON's quotation marks.
func quotedJSON(_ text: String) -> String {
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": quoted += "\\\""
    case "\\": quoted += "\\\\"
    case "\n": quoted += "\\n"
    case "\t": quoted += "\\t"
    case "\r": quoted += "\\r"
    case "\0"..<" ":
      let digits = String(scalar.value, radix: 16)
      quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: quoted.unicodeScalars.append(scalar)
    }
  }
  return quoted + "\""
}
