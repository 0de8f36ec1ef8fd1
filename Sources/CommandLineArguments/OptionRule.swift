/// A rule that must hold if an option is in use, that is, given and, if it is a flag, not turned off.
struct OptionRule<Arguments>: Sendable {
  /// The message for the option with this name if the rule is violated; otherwise nil.
  let problem: @Sendable (_ name: String, Arguments, GivenOptions<Arguments>) -> String?
}

extension Option {
  /// The same option, rejected unless another one is in use.
  ///
  ///     Option("--temperature", …, \.temperature).only(with: \.sample)
  public func only(with other: any PartialKeyPath<Arguments> & Sendable) -> Option {
    adding { name, arguments, given in
      given.isInUse(other, arguments) ? nil : "'\(name)' needs '\(given.name(of: other))'"
    }
  }

  /// The same option, rejected unless one of several others is in use.
  ///
  ///     Option("--temperature", …, \.temperature).only(withOneOf: \.sample, \.candidates)
  public func only(withOneOf others: any PartialKeyPath<Arguments> & Sendable...) -> Option {
    adding { name, arguments, given in
      if others.contains(where: { given.isInUse($0, arguments) }) { return nil }
      return "'\(name)' needs " + others.map { "'\(given.name(of: $0))'" }.joined(separator: " or ")
    }
  }

  /// The same option, rejected unless another one, given or not, has one of these values.
  ///
  ///     Option("--momentum", …, \.momentum).only(with: \.optimizer, .sgd)
  public func only<Value: ArgumentValue & Equatable>(
    with other: any KeyPath<Arguments, Value> & Sendable, _ first: Value, _ more: Value...
  ) -> Option {
    let values = [first] + more
    return adding { name, arguments, given in
      let value = arguments[keyPath: other]
      if values.contains(value) { return nil }
      let needed = values.map { given.text(of: other, $0) }.joined(separator: " or ")
      guard value.defaultText != nil else { return "'\(name)' needs \(needed)" }
      return "'\(name)' has no effect with \(given.text(of: other, value)); it needs \(needed)"
    }
  }

  /// The same option, rejected if another one is in use.
  public func conflicts(with other: any PartialKeyPath<Arguments> & Sendable) -> Option {
    adding { name, arguments, given in
      guard given.isInUse(other, arguments) else { return nil }
      return "'\(name)' and '\(given.name(of: other))' cannot be used together"
    }
  }

  /// The same option, rejected if another one, given or not, has this value.
  public func conflicts<Value: ArgumentValue & Equatable>(
    with other: any KeyPath<Arguments, Value> & Sendable, _ value: Value
  ) -> Option {
    adding { name, arguments, given in
      guard arguments[keyPath: other] == value else { return nil }
      return "'\(name)' has no effect with \(given.text(of: other, value)); leave one of them out"
    }
  }

  private func adding(
    _ problem: @escaping @Sendable (String, Arguments, GivenOptions<Arguments>) -> String?
  ) -> Option {
    var result = self
    result.rules.append(OptionRule(problem: problem))
    return result
  }
}

extension GivenOptions {
  /// An option with a value as written in messages: `'--optimizer sgd'`.
  fileprivate func text<Value: ArgumentValue>(of option: KeyPath<Arguments, Value>, _ value: Value) -> String
  {
    "'\(([name(of: option)] + [value.defaultText].compactMap(\.self)).joined(separator: " "))'"
  }
}
