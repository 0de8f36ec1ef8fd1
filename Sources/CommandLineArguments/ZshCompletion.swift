/// A script that completes a command's options in zsh and describes them.
struct ZshCompletion {
  private let command: CommandDescription
  private let options: [OptionForm]

  init(_ command: CommandDescription, _ sections: [OptionSection]) {
    (self.command, options) = (command, sections.flatMap(\.rows).map(\.form))
  }

  /// The complete script, ending in a newline.
  var text: String {
    """
    #compdef \(command.name)
    # Completion of \(command.name) in zsh.

    _arguments -s -S \\
    \(options.map { "  " + specification($0) }.joined(separator: " \\\n"))

    """
  }

  /// An option's specification for `_arguments`.
  private func specification(_ option: OptionForm) -> String {
    let words = quoted("[\(escaped(option.briefHelp))]" + value(option))
    let mark = option.isFlag ? "" : "="
    guard let short = option.short else {
      return quoted(option.isList ? "*" : "") + quoted(option.name + mark) + words
    }
    let names = "{-\(short)\(option.isFlag ? "" : "+"),\(option.name)\(mark)}"
    return (option.isList ? "'*'" : quoted("(-\(short) \(option.name))")) + names + words
  }

  private func value(_ option: OptionForm) -> String {
    guard !option.isFlag else { return "" }
    let name = escaped(option.placeholder.filter { $0.isLetter || $0 == " " })
    let hasCommas = option.list == .commaSeparated
    let action =
      switch option.completion {
      case .none: " "
      case .choices(let choices) where hasCommas: "_values -s , \(name) \(choices.joined(separator: " "))"
      case .choices(let choices): "(\(choices.joined(separator: " ")))"
      case .files: hasCommas ? "_sequence _files" : "_files"
      case .folders: hasCommas ? "_sequence _files -/" : "_files -/"
      }
    return ":\(name):\(action)"
  }

  /// Escapes the characters that delimit the parts of a specification.
  private func escaped(_ text: String) -> String {
    text.map { "[]:\\".contains($0) ? "\\\($0)" : String($0) }.joined()
  }

  private func quoted(_ text: String) -> String {
    text.isEmpty
      ? ""
      : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}
