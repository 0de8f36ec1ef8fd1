import Formatting

extension String: ArgumentValue {
  /// The word itself.
  public init?(argument: String) { self = argument }
  /// Any word is accepted.
  public static var expectation: String { "a string" }
  /// The text, unless it is empty.
  public var defaultText: String? { isEmpty ? nil : self }
}

extension Int: ArgumentValue {
  /// The number written in decimal digits, with or without a sign.
  public init?(argument: String) { self.init(argument) }
  /// A whole number.
  public static var expectation: String { "a whole number" }
  /// A number without a fraction.
  public static var jsonKind: JSONKind { .integer }
  /// The decimal digits.
  public var defaultText: String? { String(self) }
  /// The number.
  public var magnitude: Double? { Double(self) }
}

extension UInt64: ArgumentValue {
  /// The number written in decimal digits.
  public init?(argument: String) { self.init(argument) }
  /// A whole number.
  public static var expectation: String { "a whole number, 0 or more" }
  /// A number without a fraction.
  public static var jsonKind: JSONKind { .integer }
  /// The decimal digits.
  public var defaultText: String? { String(self) }
  /// The number, rounded if a `Double` has too few digits.
  public var magnitude: Double? { Double(self) }
}

extension Double: ArgumentValue {
  /// A finite number; "nan" and "inf" are not accepted.
  public init?(argument: String) {
    guard let number = Double(argument), number.isFinite else { return nil }
    self = number
  }
  /// A number.
  public static var expectation: String { "a number" }
  /// Any number.
  public static var jsonKind: JSONKind { .number }
  /// The shortest text that parses as this number, without a trailing ".0".
  public var defaultText: String? { Readable.shortest(self) }
  /// The number.
  public var magnitude: Double? { self }
}

extension Bool: ArgumentValue {
  /// `true` or `false`, for flags in the form `--name=false`.
  public init?(argument: String) { self.init(argument) }
  /// Either word.
  public static var expectation: String { "true or false" }
  /// A boolean.
  public static var jsonKind: JSONKind { .boolean }
  /// None: a flag is off by default.
  public var defaultText: String? { nil }
}

extension Optional: ArgumentValue where Wrapped: ArgumentValue {
  /// The wrapped type's value for the word.
  public init?(argument: String) {
    guard let value = Wrapped(argument: argument) else { return nil }
    self = .some(value)
  }
  /// The wrapped type's.
  public static var expectation: String { Wrapped.expectation }
  /// The wrapped type's.
  public static var jsonKind: JSONKind { Wrapped.jsonKind }
  /// The wrapped type's.
  public static var choices: [String]? { Wrapped.choices }
  /// The wrapped value's, if there is one.
  public var defaultText: String? { flatMap(\.defaultText) }
  /// The wrapped value's, if there is one.
  public var magnitude: Double? { flatMap(\.magnitude) }
}

extension Array: ArgumentValue where Element: ArgumentValue {
  /// A list of one element, the word's value.
  public init?(argument: String) {
    guard let value = Element(argument: argument) else { return nil }
    self = [value]
  }
  /// The element type's.
  public static var expectation: String { Element.expectation }
  /// The element type's.
  public static var jsonKind: JSONKind { Element.jsonKind }
  /// The element type's.
  public static var choices: [String]? { Element.choices }
  /// The option may be repeated.
  public static var isList: Bool { true }
  /// The lists, concatenated.
  public static func combine(_ values: [Self]) -> Self? { values.isEmpty ? nil : values.flatMap { $0 } }
  /// The elements, separated by commas; nil for an empty list.
  public var defaultText: String? { isEmpty ? nil : compactMap(\.defaultText).joined(separator: ",") }
  /// The element's, if there is exactly one.
  public var magnitude: Double? { count == 1 ? self[0].magnitude : nil }
}
