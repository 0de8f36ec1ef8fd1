import Files
import HTTPServer

extension JSONTree {
  /// An object of keys and values, in order.
  static func members(_ members: KeyValuePairs<String, JSONTree>) -> JSONTree {
    .object(members.map { Member(key: $0.key, value: $0.value) })
  }

  static func strings(_ strings: [String]) -> JSONTree { .array(strings.map { .string($0) }) }
  static func integer(_ number: Int) -> JSONTree { .number(String(number)) }

  /// The string, if it is one.
  var string: String? { if case .string(let text) = self { text } else { nil } }

  /// The strings of a list, if it has nothing else.
  var strings: [String]? {
    guard case .array(let elements) = self else { return nil }
    let strings = elements.compactMap(\.string)
    return strings.count == elements.count ? strings : nil
  }

  /// The value as form fields have it: a string, or the digits of a number, or `true`; nil for other values.
  var fieldText: String? {
    switch self {
    case .string(let text): text
    case .number(let digits): digits
    case .bool(let value): value ? "true" : "false"
    default: nil
    }
  }
}

extension HTTPResponse {
  /// JSON.
  init(status: Int = 200, _ tree: JSONTree) {
    self.init(status: status, tree.compactText + "\n", type: "application/json")
  }
}

extension JSONTree: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral {
  package init(stringLiteral text: String) { self = .string(text) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
}
