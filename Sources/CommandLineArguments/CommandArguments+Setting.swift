/// Options by name, for a command that chooses what was not given.
extension CommandArguments {
  /// Sets an option to a value that stands in one word, as a command line would.
  ///
  /// - Throws: `ArgumentError` where the option cannot have this value.
  /// - Precondition: the command has such an option.
  public mutating func set(_ option: String, to word: String) throws(ArgumentError) {
    try Self.option(option).assign(&self, [word])
  }

  /// The value of an option as a help text shows it; nil where there is nothing to show.
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
