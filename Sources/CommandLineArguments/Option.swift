public import Formatting

/// An option: its name, its meaning, and the property that it sets.
///
/// The property's type determines which words are valid, and its initial value is the default.
///
///     Option("--layers", "count", "encoder and decoder layers", \.layers, limit: .atLeast(1)),
///     Option("--lowercase", "compare in lower case", \.lowercase),
public struct Option<Arguments>: Sendable {
  private(set) var form: OptionForm
  /// The property that the option sets.
  let property: @Sendable () -> PartialKeyPath<Arguments>
  /// Sets the property from all words given for the option.
  let assign: @Sendable (inout Arguments, [String]) throws(ArgumentError) -> Void
  let defaultText: @Sendable (Arguments) -> String?
  /// Whether the property has the value that the flag sets; always true for options with a value.
  let isOn: @Sendable (Arguments) -> Bool
  /// What must hold if the option is in use.
  var rules: [OptionRule<Arguments>] = []

  var name: String { form.name }

  /// An option with a value.
  ///
  /// - Parameters:
  ///   - name: the long name, including the two dashes.
  ///   - short: the letter of the short form.
  ///   - placeholder: the name of the value in help texts, such as "file" or "count". If it begins with "file" or
  ///     "folder", shells complete paths.
  ///   - help: what the option does, as a phrase without a capital letter and a period.
  ///   - property: the property to set; its initial value is the default.
  ///   - required: whether the option must be given.
  ///   - limit: the accepted numbers; for a list, of each element.
  ///   - list: how several values are written, if the property is an array.
  public init<Value: ArgumentValue>(
    _ name: String, short: Character? = nil, _ placeholder: String, _ help: String,
    _ property: any WritableKeyPath<Arguments, Value> & Sendable, required: Bool = false,
    limit: NumberRange? = nil, list: ListStyle = .repeated
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
  ///   - name: the long name, including the two dashes.
  ///   - short: the letter of the short form.
  ///   - help: what the flag does, as a phrase without a capital letter and a period.
  ///   - property: the property to set.
  ///   - value: the value to set; `false` for the second flag of a pair such as `--joint` and `--separate`.
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

  /// The same option, marked as common.
  ///
  /// If a command has common options, `--help` shows only those and the required ones, and `--help-all` shows all.
  public var common: Option {
    var result = self
    result.form.isCommon = true
    return result
  }

  /// The same option, required with an exception, which ``CommandArguments/requires(_:)`` decides.
  ///
  /// - Parameter exception: the exception for help texts, such as "--preset auto is given".
  /// - Returns: the option.
  public func required(unless exception: String) -> Option {
    var result = self
    (result.form.isRequired, result.form.exception) = (true, exception)
    return result
  }

  /// A group's option as an option of the arguments that contain the group.
  ///
  /// - Parameters:
  ///   - option: an option of the group.
  ///   - group: all options of the group.
  ///   - path: the path from the arguments to the group.
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

extension NumberRange {
  fileprivate func accepts(_ value: some ArgumentValue) -> Bool { value.magnitude.map(contains) ?? true }
}
