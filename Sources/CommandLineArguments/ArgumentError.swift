/// An error in a command line or a configuration file.
///
/// Options are named as the user wrote them: `--layers` on the command line, `layers` in a file.
public enum ArgumentError: Error, Equatable {
  /// An option that does not exist, with the most similar one that does.
  case unknownOption(String, nearest: String?)
  /// A word that does not belong to an option.
  case unexpectedWord(String)
  /// A word that is not UTF-8, such as a file name in an old encoding; its other bytes are shown as `\xE9`.
  case notUTF8(String)
  /// An option without its value; `found` is the option that came instead.
  case missingValue(option: String, placeholder: String, found: String?)
  /// A flag with a value.
  case needlessValue(option: String, value: String)
  /// A value that is not valid for the option.
  case badValue(String, option: String, expected: String)
  /// Required options that are missing.
  case missingOptions([String])
  /// A configuration file that cannot be read or is not a JSON object.
  case unreadableConfiguration(path: String, reason: String)
  /// A key of a configuration file that is not an option, with the most similar option.
  case unknownKey(String, path: String, nearest: String?)
  /// A value of a configuration file that is not valid for the option.
  case badKey(String, path: String, found: String, expected: String)
  /// Options that cannot be combined, with the message of the command.
  case conflict(String)
}

extension ArgumentError: CustomStringConvertible {
  /// The message for the user, without the command's name.
  public var description: String {
    switch self {
    case .unknownOption(let name, let nearest):
      "unknown option '\(name)'; " + hint(nearest, otherwise: "--help lists the options")
    case .unexpectedWord(let word):
      "unexpected argument '\(word)'; every value follows its option, --help lists them"
    case .notUTF8(let word):
      "'\(word)' is not UTF-8, which is the only encoding of file names and words that is supported; rename the file, or "
        + "give a link to it: ln -s"
    case .missingValue(let option, let placeholder, nil):
      "'\(option)' needs a value: \(option) <\(placeholder)>"
    case .missingValue(let option, let placeholder, .some(let found)):
      "'\(option)' needs a value, found the option '\(found)': write \(option) <\(placeholder)>"
    case .needlessValue(let option, let value):
      "'\(option)' takes no value, found '\(value)'"
    case .badValue(let value, let option, let expected):
      "'\(value)' is not a value for '\(option)': expected \(expected)"
    case .missingOptions(let names):
      "missing " + names.map { "'\($0)'" }.joined(separator: ", ") + "; --help explains the options"
    case .unreadableConfiguration(let path, let reason):
      "cannot read configuration '\(path)': \(reason)"
    case .unknownKey(let key, let path, let nearest):
      "\(path): unknown key '\(key)'; " + hint(nearest, otherwise: "keys are the options without '--'")
    case .badKey(let key, let path, let found, let expected):
      "\(path): \(found) is not a value for '\(key)': expected \(expected)"
    case .conflict(let message):
      message
    }
  }

  private func hint(_ nearest: String?, otherwise: String) -> String {
    nearest.map { "did you mean '\($0)'?" } ?? otherwise
  }
}
