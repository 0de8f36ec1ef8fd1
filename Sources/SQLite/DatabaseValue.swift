/// A value of a row, or one to put into a statement.
public enum DatabaseValue: Sendable, Equatable {
  /// No value.
  case null
  /// A whole number.
  case integer(Int)
  /// Text.
  case text(String)
  /// Bytes.
  case bytes([UInt8])

  /// The number, if it is one.
  public var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  /// The text, if it is text.
  public var text: String? { if case .text(let value) = self { value } else { nil } }
  /// The bytes, if it is bytes.
  public var bytes: [UInt8]? { if case .bytes(let value) = self { value } else { nil } }

  /// A number, or no value.
  public init(_ number: Int?) { self = number.map { .integer($0) } ?? .null }
}

extension DatabaseValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  /// Text.
  public init(stringLiteral text: String) { self = .text(text) }
  /// A number.
  public init(integerLiteral number: Int) { self = .integer(number) }
}
