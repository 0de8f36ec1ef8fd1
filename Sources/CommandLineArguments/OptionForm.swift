/// What an option looks like on the command line and in its documentation, whatever it sets.
struct OptionForm: Sendable {
  /// The long name, with its two dashes.
  var name: String
  /// The letter of the short form: "b" for `-b`.
  var short: Character?
  /// What the value is called in help texts; empty for a flag.
  var placeholder = ""
  /// What the option means, a phrase without a capital and a full stop.
  var help: String
  /// Whether the command cannot run without it.
  var isRequired = false
  /// When the command can do without a required option: "--preset auto is given"; nil for never.
  var exception: String?
  /// The numbers that are accepted; of a list, each by itself.
  var limit: ValueLimit?
  /// The values, where there are few of them.
  var choices: [String]?
  /// What a configuration file holds for it.
  var jsonKind = JSONKind.boolean
  /// Whether it may be repeated, each time adding to the value.
  var isList = false
  /// How several values are written.
  var list = ListStyle.repeated
  /// Whether most people need it.
  var isCommon = false

  /// Whether it stands without a value.
  var isFlag: Bool { placeholder.isEmpty }
  /// Whether `--help` shows it, where it does not show all.
  var isShownInBrief: Bool { isCommon || isRequired }
  /// Its key in a configuration file.
  var key: String { String(name.drop { $0 == "-" }) }
}

/// How several values of a list are written.
public enum ListStyle: Sendable {
  /// The option is repeated, once for each value.
  case repeated
  /// Values stand in one word with commas between; the option may be repeated as well.
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
