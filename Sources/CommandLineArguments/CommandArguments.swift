/// The arguments of a command: a property an option, its initial value the default.
///
///     struct TrainTranslationArguments: CommandArguments {
///       var source = ""
///       var optimizer = OptimizerOptions()
///
///       static let command = CommandDescription(name: "train-translation", summary: "trains a Transformer")
///       static let groups: [OptionGroupReference<Self>] = [
///         .options("Files", [
///           Option("--source", "file", "source side, one sentence per line", \.source, required: true)
///         ]),
///         .group(\.optimizer),
///       ]
///     }
///
/// `--help`, `--version` and `--config` belong to every command and are in no group.
public protocol CommandArguments: Sendable {
  /// The defaults.
  init()
  /// What the command says about itself.
  static var command: CommandDescription { get }
  /// The command's own options by subject, in the order of its help text.
  static var groups: [OptionGroupReference<Self>] { get }
  /// Whether the command cannot run without the option that sets this property and that its table calls required, as
  /// the others are set.
  func requires(_ property: PartialKeyPath<Self>) -> Bool
  /// Checks what no group can check alone.
  ///
  /// - Throws: `ArgumentError.conflict` with a message that names the options.
  func check(_ given: GivenOptions<Self>) throws(ArgumentError)
}

extension CommandArguments {
  /// What the table says holds.
  public func requires(_ property: PartialKeyPath<Self>) -> Bool { true }

  /// Accepts everything.
  public func check(_ given: GivenOptions<Self>) throws(ArgumentError) {}

  /// All options, in the order of the help text.
  static var options: [Option<Self>] { groups.flatMap(\.options) }

  /// Checks everything: the rules of the options in use, the groups, and the whole.
  ///
  /// - Throws: `ArgumentError` for the first that does not hold.
  public func validate(_ given: GivenOptions<Self>) throws(ArgumentError) {
    for option in given.given where option.isOn(self) {
      for rule in option.rules {
        if let problem = rule.problem(option.name, self, given) { throw .conflict(problem) }
      }
    }
    for group in Self.groups { try group.check(self, given) }
    try check(given)
  }

  /// The arguments that the words of a command line mean.
  ///
  /// - Parameter words: the command line without the command's name.
  /// - Returns: the arguments, checked.
  /// - Throws: `ArgumentError` for the first word that is wrong.
  /// - Precondition: the words ask for arguments, not for `--help` and the like.
  public static func parse(_ words: [String]) throws(ArgumentError) -> Self {
    guard case .run(let arguments, _) = try request(words) else {
      preconditionFailure("parse: \(words) ask for a text")
    }
    return arguments
  }
}

/// What a command line asks for.
package enum CommandRequest<Arguments: CommandArguments>: Sendable {
  /// Do the work.
  case run(Arguments, GivenOptions<Arguments>)
  /// Print what the command says about itself.
  case show(CommandDocument)
}

extension CommandArguments {
  /// What the words of a command line ask for; the first option such as `--help` ends the reading.
  package static func request(_ words: [String]) throws(ArgumentError) -> CommandRequest<Self> {
    let options = options
    var reader = WordReader(words, options)
    if let document = try reader.read() { return .show(document) }
    var arguments = Self()
    var names: Set<String> = []
    for path in reader.configurationPaths {
      names.formUnion(try ConfigurationFile(path: path, options).apply(to: &arguments))
    }
    names.formUnion(try reader.apply(to: &arguments))
    let missing = options.filter {
      $0.form.isRequired && !names.contains($0.name) && arguments.requires($0.property())
    }
    guard missing.isEmpty else { throw .missingOptions(missing.map(\.name)) }
    let given = GivenOptions(names, of: options)
    try arguments.validate(given)
    return .run(arguments, given)
  }
}
