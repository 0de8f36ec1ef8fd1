/// One row of a table of options: its name, what it means, and the property that it sets.
///
/// The property's type says what words the option takes, its initial value is the default.
///
///     Option("--layers", "count", "encoder and decoder layers", \.layers, limit: .atLeast(1)),
///     Option("--lowercase", "compare in lower case", \.lowercase),
public struct Option<Arguments>: Sendable {
  private(set) var form: OptionForm
  /// The property that the option sets.
  let property: @Sendable () -> PartialKeyPath<Arguments>
  /// Sets the property from all words that were given for the option.
  let assign: @Sendable (inout Arguments, [String]) throws(ArgumentError) -> Void
  let defaultText: @Sendable (Arguments) -> String?
  /// Whether the property has what a flag sets it to; always, of an option with a value.
  let isOn: @Sendable (Arguments) -> Bool
  /// What must hold where the option is in use.
  var rules: [OptionRule<Arguments>] = []

  var name: String { form.name }

  /// An option with a value.
  ///
  /// - Parameters:
  ///   - name: the long name, with its two dashes.
  ///   - short: the letter of the short form.
  ///   - placeholder: what the value is called in help texts: "file", "count". Shells complete paths where it begins with
  ///     "file" or "folder".
  ///   - help: what the option means, a phrase without a capital and a full stop.
  ///   - property: where the value goes; the property's initial value is the default.
  ///   - required: whether the command cannot run without it.
  ///   - limit: the numbers that are accepted; of a list, each by itself.
  ///   - list: how several values are written, where the property is an array.
  public init<Value: ArgumentValue>(
    _ name: String, short: Character? = nil, _ placeholder: String, _ help: String,
    _ property: any WritableKeyPath<Arguments, Value> & Sendable, required: Bool = false,
    limit: ValueLimit? = nil, list: ListStyle = .repeated
  ) {
    form = OptionForm(
      name: name, short: short, placeholder: placeholder, help: help, isRequired: required, limit: limit,
      choices: Value.choices, jsonKind: Value.jsonKind, isList: Value.isList, list: list)
    self.property = { property }
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
    isOn = { _ in true }
  }

  /// A flag: an option without a value, which sets a `Bool`.
  ///
  /// - Parameters:
  ///   - name: the long name, with its two dashes.
  ///   - short: the letter of the short form.
  ///   - help: what the flag means, a phrase without a capital and a full stop.
  ///   - property: what the flag sets.
  ///   - value: what it is set to; `false` for the second flag of a pair such as `--joint` and `--separate`.
  public init(
    _ name: String, short: Character? = nil, _ help: String,
    _ property: any WritableKeyPath<Arguments, Bool> & Sendable, sets value: Bool = true
  ) {
    form = OptionForm(name: name, short: short, help: help)
    self.property = { property }
    assign = { (arguments, words) throws(ArgumentError) in
      guard let word = words.last else { return }
      guard let given = Bool(word) else { throw .needlessValue(option: name, value: word) }
      arguments[keyPath: property] = given == value
    }
    defaultText = { $0[keyPath: property] == value ? "" : nil }
    isOn = { $0[keyPath: property] == value }
  }

  /// The same option, shown by `--help`: where some options of a command are common, the others, unless they are
  /// required, are left to `--help-all`.
  public var common: Option {
    var result = self
    result.form.isCommon = true
    return result
  }

  /// The same option, required but for an exception, which ``CommandArguments/requires(_:)`` knows.
  ///
  /// - Parameter exception: the exception in words, for help texts: "--preset auto is given".
  /// - Returns: the option.
  public func required(unless exception: String) -> Option {
    var result = self
    (result.form.isRequired, result.form.exception) = (true, exception)
    return result
  }

  /// The option of a group as one of the whole that holds the group.
  ///
  /// - Parameters:
  ///   - option: a row of the group's table.
  ///   - group: the whole table.
  ///   - path: from the whole to the group.
  init<Group>(
    _ option: Option<Group>, of group: [Option<Group>],
    at path: any WritableKeyPath<Arguments, Group> & Sendable
  ) {
    form = option.form
    property = {
      guard let property = (path as PartialKeyPath<Arguments>).appending(path: option.property()) else {
        preconditionFailure("\(option.name): no property of \(Group.self)")
      }
      return property
    }
    assign = { (arguments, words) throws(ArgumentError) in
      try option.assign(&arguments[keyPath: path], words)
    }
    defaultText = { option.defaultText($0[keyPath: path]) }
    isOn = { option.isOn($0[keyPath: path]) }
    rules = option.rules.map { rule in
      OptionRule { name, arguments, given in
        rule.problem(name, arguments[keyPath: path], given.narrowed(to: group))
      }
    }
  }
}

extension ValueLimit {
  fileprivate func accepts(_ value: some ArgumentValue) -> Bool { value.magnitude.map(contains) ?? true }
}
