/// A script that completes a command's options in bash.
struct BashCompletion {
  private let command: CommandDescription
  private let options: [OptionForm]

  init(_ command: CommandDescription, _ sections: [OptionSection]) {
    (self.command, options) = (command, sections.flatMap(\.rows).map(\.form))
  }

  /// The complete script, ending in a newline.
  var text: String {
    """
    # Completion of \(command.name) in bash.

    \(function)() {
      local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} before=''
      # --name=value arrives as three words, or as two if there is no value yet.
      if [[ $word == = ]]; then
        word=''
      elif [[ $option == = ]]; then
        option=${COMP_WORDS[COMP_CWORD - 2]}
      fi
      COMPREPLY=()
      case $option in
    \(cases.joined(separator: "\n"))
      esac
      mapfile -t COMPREPLY < <(compgen -W '\(options.map(\.name).joined(separator: " "))' -- "$word")
    }
    complete -F \(function) \(command.name)

    """
  }

  private var function: String { "_" + command.name.map { $0 == "-" ? "_" : String($0) }.joined() }

  /// A case for each option with a value; each returns from the function.
  private var cases: [String] {
    options.filter { !$0.isFlag }.map { option in
      let names = [option.short.map { "-\($0)" }, option.name].compactMap(\.self).joined(separator: " | ")
      var lines = ["    \(names))"]
      if option.list == .commaSeparated, option.completion != .none {
        // Keep what precedes the last comma.
        lines.append("      [[ $word != *,* ]] || before=${word%,*},")
      }
      switch option.completion {
      case .none: break
      case .choices(let choices):
        lines.append(
          "      mapfile -t COMPREPLY < <(compgen -P \"$before\" -W '\(choices.joined(separator: " "))' -- "
            + "\"${word#\"$before\"}\")")
      case .files, .folders:
        let kind = option.completion == .files ? "f" : "d"
        lines.append("      compopt -o filenames\(option.list == .commaSeparated ? " -o nospace" : "")")
        lines.append(
          "      mapfile -t COMPREPLY < <(compgen -P \"$before\" -\(kind) -- \"${word#\"$before\"}\")")
      }
      lines.append("      return ;;")
      return lines.joined(separator: "\n")
    }
  }
}
