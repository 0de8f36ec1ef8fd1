/// The arguments of a command: one property per option, whose initial value is the default.
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
/// Every command also has `--help`, `--help-all`, `--version` and `--config`, which are not part of any group.
public protocol CommandArguments: Sendable {
  /// All options at their defaults.
  init()
  /// The command's name, summary, usage and examples.
  static var command: CommandDescription { get }
  /// The command's own options by subject, in the order of its help text.
  static var groups: [OptionGroupReference<Self>] { get }
  /// The name of the option whose value may be a word without an option before it, such as the file that a command is
  /// about.
  static var operand: String? { get }
  /// The words of a command line, completed by those of an earlier one that it continues.
  ///
  /// - Throws: `ArgumentError` if there is none to continue.
  static func completed(_ words: [String]) throws(ArgumentError) -> [String]
  /// Whether an option declared as required, named by the property that it sets, is required given the other options.
  func requires(_ property: PartialKeyPath<Self>) -> Bool
  /// Checks what involves options of several groups.
  ///
  /// - Throws: `ArgumentError.conflict` with a message that names the options.
  func check(_ given: GivenOptions<Self>) throws(ArgumentError)
}

extension CommandArguments {
  /// Every value needs its option.
  public static var operand: String? { nil }

  /// The words as they are.
  public static func completed(_ words: [String]) throws(ArgumentError) -> [String] { words }

  /// Options declared as required always are.
  public func requires(_ property: PartialKeyPath<Self>) -> Bool { true }

  /// Accepts everything.
  public func check(_ given: GivenOptions<Self>) throws(ArgumentError) {}

  /// All options, in the order of the help text.
  static var options: [Option<Self>] { groups.flatMap(\.options) }

  /// Checks the rules of all options in use, then each group, then all arguments together.
  ///
  /// - Throws: `ArgumentError` for the first violation.
  public func validate(_ given: GivenOptions<Self>) throws(ArgumentError) {
    for option in given.given where option.isOn(self) {
      for rule in option.rules {
        if let problem = rule.problem(option.name, self, given) { throw .conflict(problem) }
      }
    }
    for group in Self.groups { try group.check(self, given) }
    try check(given)
  }

  /// Parses a command line.
  ///
  /// - Parameter words: the command line without the command's name.
  /// - Returns: the arguments, which are checked.
  /// - Throws: `ArgumentError` for the first mistake.
  /// - Precondition: the words do not include `--help` or another option that prints a document.
  public static func parse(_ words: [String]) throws(ArgumentError) -> Self {
    guard case .run(let arguments, _) = try request(words) else {
      preconditionFailure("parse: \(words) request a document")
    }
    return arguments
  }
}

/// What a command line asks for.
package enum CommandRequest<Arguments: CommandArguments>: Sendable {
  /// Run the command.
  case run(Arguments, GivenOptions<Arguments>)
  /// Print a document about the command, such as the help text.
  case show(CommandDocument)
}

extension CommandArguments {
  /// Parses a command line; parsing stops at the first option such as `--help`.
  package static func request(_ words: [String]) throws(ArgumentError) -> CommandRequest<Self> {
    let options = options
    var reader = WordReader(try completed(words), options, operand: operand)
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
