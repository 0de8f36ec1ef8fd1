/// The rule of a catalog's header for plural forms: `nplurals=3; plural=(n%10==1 ? 0 : 2);`.
struct PluralRule: Sendable, Equatable {
  /// The number of forms; nil if the header does not say.
  var count: Int?
  /// The form of the number 1.
  var singular = 0

  init() {}

  /// - Parameter header: the value of `Plural-Forms`.
  init(header: String) {
    for part in header.split(separator: ";") {
      guard let equals = part.firstIndex(of: "=") else { continue }
      let name = part[..<equals].filter { !$0.isWhitespace }
      let value = part[part.index(after: equals)...]
      if name == "nplurals" { count = Int(value.filter { !$0.isWhitespace }) }
      if name == "plural" {
        var expression = PluralExpression(String(value), number: 1)
        singular = expression.evaluate() ?? 0
      }
    }
    // A form that does not exist would make every pair one of a plural.
    if let count, singular >= count { singular = 0 }
    singular = max(0, singular)
  }
}

/// An expression of C in one variable, `n`.
///
/// Source: GNU gettext's manual, "Additional functions for plural forms".
private struct PluralExpression {
  private static let maximumDepth = 100
  private static let operators: [[String]] = [
    ["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"],
  ]

  private let characters: [Character]
  private let number: Int
  private var position = 0
  private var depth = 0

  init(_ text: String, number: Int) {
    (characters, self.number) = (text.filter { !$0.isWhitespace }.map(\.self), number)
  }

  /// Its value; nil if it is malformed.
  mutating func evaluate() -> Int? {
    guard let value = conditional(), position == characters.count else { return nil }
    return value
  }

  private mutating func takes(_ token: String) -> Bool {
    guard characters[position...].starts(with: token) else { return false }
    position += token.count
    return true
  }

  private mutating func conditional() -> Int? {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.maximumDepth, let condition = binary(level: 0) else { return nil }
    guard takes("?") else { return condition }
    guard let first = conditional(), takes(":"), let second = conditional() else { return nil }
    return condition != 0 ? first : second
  }

  private mutating func binary(level: Int) -> Int? {
    guard level < Self.operators.count else { return unary() }
    guard var value = binary(level: level + 1) else { return nil }
    while let name = Self.operators[level].first(where: { takes($0) }) {
      guard let other = binary(level: level + 1), let result = apply(name, value, other) else { return nil }
      value = result
    }
    return value
  }

  private func apply(_ name: String, _ a: Int, _ b: Int) -> Int? {
    func number(_ isTrue: Bool) -> Int { isTrue ? 1 : 0 }
    switch name {
    case "||": return number(a != 0 || b != 0)
    case "&&": return number(a != 0 && b != 0)
    case "==": return number(a == b)
    case "!=": return number(a != b)
    case "<=": return number(a <= b)
    case ">=": return number(a >= b)
    case "<": return number(a < b)
    case ">": return number(a > b)
    case "+": return a &+ b
    case "-": return a &- b
    case "*": return a &* b
    default:
      guard b != 0, !(a == .min && b == -1) else { return nil }
      return name == "/" ? a / b : a % b
    }
  }

  private mutating func unary() -> Int? {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.maximumDepth else { return nil }
    if takes("!") { return unary().map { $0 == 0 ? 1 : 0 } }
    if takes("n") { return number }
    if takes("(") {
      guard let value = conditional(), takes(")") else { return nil }
      return value
    }
    let digits = characters[position...].prefix { $0.isASCII && $0.isNumber }
    position += digits.count
    return Int(String(digits))
  }
}
