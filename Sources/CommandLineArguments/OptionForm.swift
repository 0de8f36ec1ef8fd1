import Formatting

/// An option's form on the command line and in the documentation, independent of the property that it sets.
struct OptionForm: Sendable {
  /// The long name, including the two dashes.
  var name: String
  /// The letter of the short form: "b" for `-b`.
  var short: Character?
  /// The name of the value in help texts; empty for a flag.
  var placeholder = ""
  /// What the option does, as a phrase without a capital letter and a period.
  var help: String
  /// Whether it must be given.
  var isRequired = false
  /// When a required option may be left out, such as "--preset auto is given"; nil if never.
  var exception: String?
  /// The accepted numbers; for a list, of each element.
  var limit: NumberRange?
  /// The valid words, if they can be enumerated.
  var choices: [String]?
  /// The JSON type of the value in a configuration file.
  var jsonKind = JSONKind.boolean
  /// Whether it may be repeated, each time appending to the value.
  var isList = false
  /// How several values are written.
  var list = ListStyle.repeated
  /// Whether most people need it.
  var isCommon = false

  /// Whether it has no value.
  var isFlag: Bool { placeholder.isEmpty }
  /// Whether `--help` shows it if it does not show all options.
  var isShownInBrief: Bool { isCommon || isRequired }
  /// Its key in a configuration file.
  var key: String { String(name.drop { $0 == "-" }) }
}

/// How several values of a list are written.
public enum ListStyle: Sendable {
  /// The option is repeated, once for each value.
  case repeated
  /// Values are separated by commas in one word; the option may also be repeated.
  case commaSeparated

  func pieces(of words: [String]) -> [String] {
    switch self {
    case .repeated: words
    case .commaSeparated:
      words.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }
  }
}

extension OptionForm {
  /// The options that every command has.
  static let common = [configuration, version, help, allHelp]

  static let configuration = OptionForm(
    name: "--config", placeholder: "file.json",
    help: "read options from a JSON object, keys without '--'; the command line wins", isCommon: true)
  static let version = OptionForm(name: "--version", help: "print the version", isCommon: true)
  static let help = OptionForm(name: "--help", short: "h", help: "print this text", isCommon: true)
  static let allHelp = OptionForm(
    name: "--help-all", help: "print all options and explain them", isCommon: true)
}
