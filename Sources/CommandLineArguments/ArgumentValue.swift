/// A type of value that options can have.
///
/// `String`, `Int`, `UInt64`, `Double`, `Bool`, `Duration`, and optionals and arrays of these conform. An enumeration
/// of strings only needs to declare it: `enum Preset: String, CaseIterable, ArgumentValue { … }`.
public protocol ArgumentValue: Sendable {
  /// Parses a word of the command line; `nil` if it is not a value of this type.
  init?(argument: String)

  /// A description of valid words for error messages, such as "a whole number".
  static var expectation: String { get }
  /// The JSON type of the value in a configuration file.
  static var jsonKind: JSONKind { get }
  /// Whether the option may be repeated, each time appending to the value.
  static var isList: Bool { get }
  /// The valid words, if they can be enumerated.
  static var choices: [String]? { get }
  /// Combines the values given, in order: the last one, or for lists all of them.
  static func combine(_ values: [Self]) -> Self?

  /// The value as shown in help texts as a default; `nil` to show none.
  var defaultText: String? { get }
  /// The number to compare with an option's limit; `nil` if the value is not a number.
  var magnitude: Double? { get }
}

/// The JSON type of an option's value in a configuration file.
public enum JSONKind: Sendable {
  /// A JSON string.
  case string
  /// A JSON number without a fraction.
  case integer
  /// A JSON number without a fraction, or a string such as a number with a unit.
  case integerOrString
  /// Any JSON number.
  case number
  /// `true` or `false`.
  case boolean
}

extension ArgumentValue {
  /// A string by default.
  public static var jsonKind: JSONKind { .string }
  /// A single value by default.
  public static var isList: Bool { false }
  /// None by default.
  public static var choices: [String]? { nil }
  /// Not a number by default.
  public var magnitude: Double? { nil }

  /// The last value, so that an option appended to a command line takes precedence.
  public static func combine(_ values: [Self]) -> Self? { values.last }
}

extension ArgumentValue where Self: CaseIterable & RawRepresentable, RawValue == String {
  /// The case with this name.
  public init?(argument: String) { self.init(rawValue: argument) }
  /// The names of the cases.
  public static var expectation: String { "one of " + allCases.map(\.rawValue).joined(separator: ", ") }
  /// The names of the cases.
  public static var choices: [String]? { allCases.map(\.rawValue) }
  /// The case's name.
  public var defaultText: String? { rawValue }
}
