/// The options of one topic: properties with their defaults, the options that set them, and the rules between them.
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
/// A command stores the group in a property and lists that property in its ``CommandArguments/groups``. A library's
/// settings become a group by an extension with the conformance.
public protocol OptionGroup: Sendable {
  /// The heading in the help text.
  static var title: String { get }
  /// The options in the order of the help text.
  static var options: [Option<Self>] { get }
  /// Checks what the rules of single options cannot express.
  ///
  /// - Throws: `ArgumentError.conflict` with a message that names the options.
  func check(_ given: GivenOptions<Self>) throws(ArgumentError)
}

extension OptionGroup {
  /// Accepts everything.
  public func check(_ given: GivenOptions<Self>) throws(ArgumentError) {}
}

/// A section of a command's options: a group, or a list of options defined by the command itself.
public struct OptionGroupReference<Arguments>: Sendable {
  let title: String
  let options: [Option<Arguments>]
  let check: @Sendable (Arguments, GivenOptions<Arguments>) throws(ArgumentError) -> Void

  /// The group stored in a property of the arguments.
  public static func group<Group: OptionGroup>(
    _ path: any WritableKeyPath<Arguments, Group> & Sendable
  ) -> OptionGroupReference {
    OptionGroupReference(
      title: Group.title, options: Group.options.map { Option($0, of: Group.options, at: path) },
      check: { (arguments, given) throws(ArgumentError) in
        try arguments[keyPath: path].check(given.narrowed(to: Group.options))
      })
  }

  /// Options that set properties of the arguments or, with key paths such as `\.request.seed`, nested properties.
  ///
  /// - Parameters:
  ///   - title: the heading in the help text.
  ///   - options: the options in the order of the help text.
  ///   - check: checks what the rules of single options cannot express.
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
