/// The options that were given on the command line or in a configuration file, even if the value equals the default.
public struct GivenOptions<Arguments>: Sendable {
  /// All options of the command or group.
  private let options: [Option<Arguments>]
  /// The long names of the given options.
  private let names: Set<String>

  init(_ names: Set<String>, of options: [Option<Arguments>]) {
    (self.names, self.options) = (names, options)
  }

  /// No options.
  public init() { self.init([], of: []) }

  /// The same for one group of the command's options.
  func narrowed<Group>(to group: [Option<Group>]) -> GivenOptions<Group> {
    GivenOptions<Group>(names, of: group)
  }

  /// Whether an option was given that sets this property.
  public func contains(_ property: PartialKeyPath<Arguments>) -> Bool {
    given.contains { $0.property() == property }
  }

  /// The first of these properties whose option was given.
  public func first(of properties: PartialKeyPath<Arguments>...) -> PartialKeyPath<Arguments>? {
    properties.first(where: contains)
  }

  /// The name of the first given option, in the order of the help text, that does not set any of these properties.
  public func firstName(except properties: PartialKeyPath<Arguments>...) -> String? {
    given.first { !properties.contains($0.property()) }?.name
  }

  /// The long name of the option that sets a property; of several options, the given one, otherwise the first.
  ///
  /// - Precondition: an option sets the property.
  public func name(of property: PartialKeyPath<Arguments>) -> String {
    let all = options.filter { $0.property() == property }
    guard let option = all.first(where: { names.contains($0.name) }) ?? all.first else {
      preconditionFailure("no option sets \(property)")
    }
    return option.name
  }

  /// The values of the given options, as words of a command line.
  ///
  /// - Parameters:
  ///   - arguments: the arguments that have them.
  ///   - properties: the options that are left out, named by what they set.
  /// - Returns: the values by the names of the options; "" for a flag.
  public func values(_ arguments: Arguments, except properties: PartialKeyPath<Arguments>...) -> [String:
    String]
  {
    var values: [String: String] = [:]
    for option in given where option.isOn(arguments) && !properties.contains(option.property()) {
      values[option.name] = option.defaultText(arguments) ?? ""
    }
    return values
  }

  /// The given options, in the order of the help text.
  var given: [Option<Arguments>] { options.filter { names.contains($0.name) } }

  /// Whether an option that sets this property was given and, if it is a flag, is not turned off.
  func isInUse(_ property: PartialKeyPath<Arguments>, _ arguments: Arguments) -> Bool {
    given.contains { $0.property() == property && $0.isOn(arguments) }
  }
}
