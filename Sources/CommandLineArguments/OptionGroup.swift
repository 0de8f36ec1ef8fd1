/// The options of one subject: properties with their defaults, the words that set them, and what must hold among them.
///
///     struct OptimizerOptions: OptionGroup {
///       var name = OptimizerName.adam
///       var momentum: Double?
///
///       static let title = "Optimizer"
///       static let options: [Option<Self>] = [
///         Option("--optimizer", "name", "rule that turns gradients into updates", \.name),
///         Option("--momentum", "decay", "decay of SGD's velocity", \.momentum).only(with: \.name, .sgd),
///       ]
///     }
///
/// A command holds it in a property and names that property in its ``CommandArguments/groups``. A library's settings
/// become a group by an extension that conforms them.
public protocol OptionGroup: Sendable {
  /// The heading in the help text.
  static var title: String { get }
  /// The options in the order of the help text.
  static var options: [Option<Self>] { get }
  /// Checks what no option can check alone, nor by a rule about another one.
  ///
  /// - Throws: `ArgumentError.conflict` with a message that names the options.
  func check(_ given: GivenOptions<Self>) throws(ArgumentError)
}

extension OptionGroup {
  /// Accepts everything.
  public func check(_ given: GivenOptions<Self>) throws(ArgumentError) {}
}

/// A section of a command's options: a group, or a table of the command's own.
public struct OptionGroupReference<Arguments>: Sendable {
  let title: String
  let options: [Option<Arguments>]
  let check: @Sendable (Arguments, GivenOptions<Arguments>) throws(ArgumentError) -> Void

  /// The group that a property of the arguments holds.
  public static func group<Group: OptionGroup>(
    _ path: any WritableKeyPath<Arguments, Group> & Sendable
  ) -> OptionGroupReference {
    OptionGroupReference(
      title: Group.title, options: Group.options.map { Option($0, of: Group.options, at: path) },
      check: { (arguments, given) throws(ArgumentError) in
        try arguments[keyPath: path].check(given.narrowed(to: Group.options))
      })
  }

  /// Options that set properties of the arguments themselves or, by key paths such as `\.request.seed`, of what these hold.
  ///
  /// - Parameters:
  ///   - title: the heading in the help text.
  ///   - options: the options in the order of the help text.
  ///   - check: checks what no option can check alone, nor by a rule about another one.
  /// - Returns: the section.
  public static func options(
    _ title: String, _ options: [Option<Arguments>],
    check: @escaping @Sendable (Arguments, GivenOptions<Arguments>) throws(ArgumentError) -> Void = {
      (_, _) throws(ArgumentError) in
    }
  ) -> OptionGroupReference {
    OptionGroupReference(title: title, options: options, check: check)
  }
}
