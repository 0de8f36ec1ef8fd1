/// The arguments of a command: a property an option, its initial value the default.
///
///     struct TrainTranslationArguments: CommandArguments {
///       var source = ""
///       var layers = 6
///
///       static let command = CommandDescription(name: "train-translation", summary: "trains a Transformer")
///       static let options: [Option<Self>] = [
///         Option("--source", "file", "source side, one sentence per line", \.source, required: true),
///         Option("--layers", "count", "encoder and decoder layers", \.layers, limit: .atLeast(1)),
///       ]
///     }
///
/// `--help`, `--version` and `--config` belong to every command and are not in the table.
public protocol CommandArguments: Sendable {
  /// The defaults.
  init()
  /// What the command says about itself.
  static var command: CommandDescription { get }
  /// The command's own options, in the order of its help text.
  static var options: [Option<Self>] { get }
  /// Told before ``validate()`` which options were given, by their long names: a value may be the default all the
  /// same.
  mutating func note(given: Set<String>)
  /// Whether the command cannot run without an option that its table calls required, as the others are set.
  func requires(_ option: String) -> Bool
  /// Checks what no option can check alone.
  ///
  /// - Throws: `ArgumentError.conflict` with a message that names the options.
  mutating func validate() throws(ArgumentError)
}

extension CommandArguments {
  /// Most commands need not know.
  public mutating func note(given: Set<String>) {}

  /// What the table says holds.
  public func requires(_ option: String) -> Bool { true }

  /// Accepts everything.
  public mutating func validate() throws(ArgumentError) {}

  /// The arguments that the words of a command line mean.
  ///
  /// - Parameter words: the command line without the command's name.
  /// - Returns: the arguments, checked.
  /// - Throws: `ArgumentError` for the first word that is wrong.
  /// - Precondition: the words ask for arguments, neither for `--help` nor for `--version`.
  public static func parse(_ words: [String]) throws(ArgumentError) -> Self {
    guard case .run(let arguments) = try request(words) else {
      preconditionFailure("parse: \(words) ask for help or version")
    }
    return arguments
  }
}

/// What a command line asks for.
package enum CommandRequest<Arguments: CommandArguments>: Sendable {
  /// Do the work.
  case run(Arguments)
  /// Print the help text.
  case help
  /// Print the version.
  case version
}

extension CommandArguments {
  /// What the words of a command line ask for; the first `--help` or `--version` ends the reading.
  package static func request(_ words: [String]) throws(ArgumentError) -> CommandRequest<Self> {
    var reader = WordReader<Self>(words)
    switch try reader.read() {
    case .help: return .help
    case .version: return .version
    case .words: break
    }
    var arguments = Self()
    var given: Set<String> = []
    for path in reader.configurationPaths {
      given.formUnion(try ConfigurationFile<Self>(path: path).apply(to: &arguments))
    }
    given.formUnion(try reader.apply(to: &arguments))
    let missing = options.filter { $0.isRequired && !given.contains($0.name) }.map(\.name)
      .filter { arguments.requires($0) }
    guard missing.isEmpty else { throw .missingOptions(missing) }
    arguments.note(given: given)
    try arguments.validate()
    return .run(arguments)
  }
}
