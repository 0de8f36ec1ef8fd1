/// A type that an option's property can have.
///
/// `String`, `Int`, `UInt64`, `Double`, `Bool`, `Duration`, and optionals and arrays of these conform, and an enumeration
/// of strings does by naming the protocol: `enum Preset: String, CaseIterable, ArgumentValue { … }`.
public protocol ArgumentValue: Sendable {
  /// The value that one word of the command line means, or `nil` where it means none.
  init?(argument: String)

  /// What a word must be, for error messages: "a whole number".
  static var expectation: String { get }
  /// What a configuration file holds for this type.
  static var jsonKind: JSONKind { get }
  /// Whether the option may be repeated, each time adding to the value.
  static var isList: Bool { get }
  /// The choices, where there are few of them.
  static var choices: [String]? { get }
  /// One value of those that were given in this order; the last, unless the type is a list.
  static func combine(_ values: [Self]) -> Self?

  /// How a help text shows the value as a default; `nil` where there is nothing to show.
  var defaultText: String? { get }
  /// The number to compare with an option's limit, where the value is one.
  var magnitude: Double? { get }
}

/// What kind of JSON value an option takes.
public enum JSONKind: Sendable {
  /// A JSON string.
  case string
  /// A JSON number without a fraction.
  case integer
  /// A JSON number without a fraction, or a string, such as a number with a unit.
  case integerOrString
  /// Any JSON number.
  case number
  /// `true` or `false`.
  case boolean
}

extension ArgumentValue {
  /// A text, unless the type says otherwise.
  public static var jsonKind: JSONKind { .string }
  /// One value, unless the type says otherwise.
  public static var isList: Bool { false }
  /// Any value, unless the type says otherwise.
  public static var choices: [String]? { nil }
  /// No number, unless the type says otherwise.
  public var magnitude: Double? { nil }

  /// The last one given, as users expect who append to a command line.
  public static func combine(_ values: [Self]) -> Self? { values.last }
}

extension ArgumentValue where Self: CaseIterable & RawRepresentable, RawValue == String {
  /// The case of this name.
  public init?(argument: String) { self.init(rawValue: argument) }
  /// The cases by name.
  public static var expectation: String { "one of " + allCases.map(\.rawValue).joined(separator: ", ") }
  /// The cases by name.
  public static var choices: [String]? { allCases.map(\.rawValue) }
  /// The case's name.
  public var defaultText: String? { rawValue }
}
