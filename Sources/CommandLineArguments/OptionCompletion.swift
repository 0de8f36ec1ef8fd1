/// The completions that a shell offers for an option's value.
enum OptionCompletion: Equatable {
  /// None, for numbers and arbitrary names.
  case none
  case choices([String])
  /// Paths of files, including folders on the way.
  case files
  case folders
}

extension OptionForm {
  /// Determined by the choices, or by the placeholder: "file.json" means a file, "folder,..." means folders.
  var completion: OptionCompletion {
    if let choices { return .choices(choices) }
    return switch placeholder.prefix(while: \.isLetter) {
    case "file": .files
    case "folder": .folders
    default: .none
    }
  }

  /// The first clause of the help, for shells that list options with descriptions.
  var briefHelp: String {
    let end = help.firstIndex { ";:(".contains($0) } ?? help.endIndex
    return String(help[..<end].reversed().drop { $0 == " " }.reversed())
  }
}
