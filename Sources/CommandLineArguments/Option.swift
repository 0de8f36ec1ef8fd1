/// One row of a command's table of options: its name, what it means, and the property that it sets.
///
/// The property's type says what words the option takes, its initial value is the default.
///
///     Option("--layers", "count", "encoder and decoder layers", \.layers, limit: .atLeast(1)),
///     Option("--lowercase", "compare in lower case", \.lowercase),
public struct Option<Arguments>: Sendable {
  /// The long name, with its two dashes.
  public let name: String
  /// The letter of the short form: "b" for `-b`.
  public let short: Character?
  /// What the value is called in help texts; empty for a flag.
  public let placeholder: String
  /// What the option means, a sentence without a capital and a full stop.
  public let help: String
  /// Whether the command cannot run without it.
  public let isRequired: Bool

  let kind: Kind
  let choices: [String]?
  let limit: ValueLimit?
  let jsonKind: JSONKind
  let isList: Bool
  let list: ListStyle
  /// Sets the property from all words that were given for the option.
  let assign: @Sendable (inout Arguments, [String]) throws(ArgumentError) -> Void
  let defaultText: @Sendable (Arguments) -> String?

  enum Kind {
    case value, flag, heading
  }

  /// How several values of a list are written.
  public enum ListStyle: Sendable {
    /// The option is repeated, once for each value.
    case repeated
    /// Values stand in one word with commas between; the option may be repeated as well.
    case commaSeparated
  }

  /// An option with a value.
  ///
  /// - Parameters:
  ///   - name: the long name, with its two dashes.
  ///   - short: the letter of the short form.
  ///   - placeholder: what the value is called in help texts: "file", "count".
  ///   - help: what the option means, a sentence without a capital and a full stop.
  ///   - property: where the value goes; the property's initial value is the default.
  ///   - required: whether the command cannot run without it.
  ///   - limit: the numbers that are accepted; of a list, each by itself.
  ///   - list: how several values are written, where the property is an array.
  public init<Value: ArgumentValue>(
    _ name: String, short: Character? = nil, _ placeholder: String, _ help: String,
    _ property: any WritableKeyPath<Arguments, Value> & Sendable, required: Bool = false,
    limit: ValueLimit? = nil, list: ListStyle = .repeated
  ) {
    (self.name, self.short, self.placeholder, self.help) = (name, short, placeholder, help)
    (isRequired, kind, self.limit, self.list) = (required, .value, limit, list)
    (choices, jsonKind, isList) = (Value.choices, Value.jsonKind, Value.isList)
    assign = { (arguments, words) throws(ArgumentError) in
      var values: [Value] = []
      for word in list.pieces(of: words) {
        guard let value = Value(argument: word), limit.map({ $0.accepts(value) }) ?? true else {
          let expected = [Value.expectation, limit?.description].compactMap(\.self).joined(separator: ", ")
          throw .badValue(word, option: name, expected: expected)
        }
        values.append(value)
      }
      guard let value = Value.combine(values) else { return }
      arguments[keyPath: property] = value
    }
    defaultText = { $0[keyPath: property].defaultText }
  }
  /// A flag: an option without a value, which sets a `Bool`.
  ///
  /// - Parameters:
  ///   - name: the long name, with its two dashes.
  ///   - short: the letter of the short form.
  ///   - help: what the flag means, a sentence without a capital and a full stop.
  ///   - property: what the flag sets.
  ///   - value: what it is set to; `false` for the second flag of a pair such as `--joint` and `--separate`.
  public init(
    _ name: String, short: Character? = nil, _ help: String,
    _ property: any WritableKeyPath<Arguments, Bool> & Sendable, sets value: Bool = true
  ) {
    (self.name, self.short, self.help) = (name, short, help)
    (placeholder, isRequired, kind, limit, list) = ("", false, .flag, nil, .repeated)
    (choices, jsonKind, isList) = (nil, .boolean, false)
    assign = { (arguments, words) throws(ArgumentError) in
      guard let word = words.last else { return }
      guard let given = Bool(word) else { throw .needlessValue(option: name, value: word) }
      arguments[keyPath: property] = given == value
    }
    defaultText = { $0[keyPath: property] == value ? "" : nil }
  }

  /// A heading in the help text, over the options that follow it.
  public static func heading(_ title: String) -> Option { Option(heading: title) }

  private init(heading: String) {
    (name, short, placeholder, help, isRequired) = (heading, nil, "", "", false)
    (kind, choices, limit, jsonKind, isList, list) = (.heading, nil, nil, .string, false, .repeated)
    assign = { (_, _) throws(ArgumentError) in }
    defaultText = { _ in nil }
  }
}

extension Option.ListStyle {
  func pieces(of words: [String]) -> [String] {
    switch self {
    case .repeated: words
    case .commaSeparated:
      words.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }
  }
}

extension ValueLimit {
  fileprivate func accepts(_ value: some ArgumentValue) -> Bool { value.magnitude.map(contains) ?? true }
}
