/// Options by name, for commands that choose the values of options that were not given.
extension CommandArguments {
  /// Sets an option to a value given as one word, like a command line.
  ///
  /// - Throws: `ArgumentError` if the value is not valid for the option.
  /// - Precondition: the command has such an option.
  public mutating func set(_ option: String, to word: String) throws(ArgumentError) {
    try Self.option(option).assign(&self, [word])
  }

  /// The value of an option as shown in help texts; nil if there is nothing to show.
  ///
  /// - Precondition: the command has such an option.
  public func text(of option: String) -> String? { Self.option(option).defaultText(self) }

  private static func option(_ name: String) -> Option<Self> {
    guard let option = options.first(where: { $0.name == name }) else {
      preconditionFailure("\(command.name) has no option '\(name)'")
    }
    return option
  }
}
