/// Which options were given, on the command line or in a configuration file: a value may be the default all the same.
public struct GivenOptions<Arguments>: Sendable {
  /// All options that there are.
  private let options: [Option<Arguments>]
  /// The long names of those that were given.
  private let names: Set<String>

  init(_ names: Set<String>, of options: [Option<Arguments>]) {
    (self.names, self.options) = (names, options)
  }

  /// None.
  public init() { self.init([], of: []) }

  /// The same of a group whose table is a part of this one.
  func narrowed<Group>(to group: [Option<Group>]) -> GivenOptions<Group> {
    GivenOptions<Group>(names, of: group)
  }

  /// Whether an option was given that sets this property.
  public func contains(_ property: PartialKeyPath<Arguments>) -> Bool {
    given.contains { $0.property() == property }
  }

  /// Whether the option of this long name was given; for names that are read from a file.
  public func contains(option name: String) -> Bool { names.contains(name) }

  /// The first of the properties that an option was given for.
  public func first(of properties: PartialKeyPath<Arguments>...) -> PartialKeyPath<Arguments>? {
    properties.first(where: contains)
  }

  /// The name of the first given option that sets none of these properties, in the order of the help text.
  public func firstName(except properties: PartialKeyPath<Arguments>...) -> String? {
    given.first { !properties.contains($0.property()) }?.name
  }

  /// The long name of the option that sets a property; of several, the one that was given, else the first.
  ///
  /// - Precondition: there is such an option.
  public func name(of property: PartialKeyPath<Arguments>) -> String {
    let all = options.filter { $0.property() == property }
    guard let option = all.first(where: { names.contains($0.name) }) ?? all.first else {
      preconditionFailure("no option sets \(property)")
    }
    return option.name
  }

  /// Those that were given, in the order of the help text.
  var given: [Option<Arguments>] { options.filter { names.contains($0.name) } }

  /// Whether an option was given that sets this property and, if it is a flag, was not turned off.
  func isInUse(_ property: PartialKeyPath<Arguments>, _ arguments: Arguments) -> Bool {
    given.contains { $0.property() == property && $0.isOn(arguments) }
  }
}
