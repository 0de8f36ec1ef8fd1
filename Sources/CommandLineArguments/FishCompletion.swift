/// A script that completes a command's options in fish and describes them.
struct FishCompletion {
  private let command: CommandDescription
  private let options: [OptionForm]

  init(_ command: CommandDescription, _ sections: [OptionSection]) {
    (self.command, options) = (command, sections.flatMap(\.rows).map(\.form))
  }

  /// The complete script, ending in a newline.
  var text: String {
    (["# Completion of \(command.name) in fish.", "", "complete -c \(command.name) -f"] + options.map(line))
      .joined(separator: "\n") + "\n"
  }

  private func line(_ option: OptionForm) -> String {
    var words = ["complete -c \(command.name) -l \(option.key)"]
    if let short = option.short { words.append("-s \(short)") }
    if !option.isFlag { words.append(value(option)) }
    words.append("-d " + quoted(option.briefHelp))
    return words.joined(separator: " ")
  }

  private func value(_ option: OptionForm) -> String {
    switch option.completion {
    case .none: "-x"
    case .choices(let choices) where option.list == .commaSeparated:
      "-x -a " + quoted("(__fish_append , \(choices.joined(separator: " ")))")
    case .choices(let choices): "-x -a " + quoted(choices.joined(separator: " "))
    case .files: "-r -F"
    case .folders: "-x -a '(__fish_complete_directories)'"
    }
  }

  private func quoted(_ text: String) -> String {
    "'" + text.map { "'\\".contains($0) ? "\\\($0)" : String($0) }.joined() + "'"
  }
}
