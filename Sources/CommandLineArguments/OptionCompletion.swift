/// What a shell offers for an option's value.
enum OptionCompletion: Equatable {
  /// Nothing: a number, a name of the user's own.
  case none
  case choices([String])
  /// Paths of files, by way of folders.
  case files
  case folders
}

extension OptionForm {
  /// By the choices that there are, or by the placeholder: "file.json" stands for a file, "folder,..." for folders.
  var completion: OptionCompletion {
    if let choices { return .choices(choices) }
    return switch placeholder.prefix(while: \.isLetter) {
    case "file": .files
    case "folder": .folders
    default: .none
    }
  }

  /// The first clause of the help, for a line in a list.
  var briefHelp: String {
    let end = help.firstIndex { ";:(".contains($0) } ?? help.endIndex
    return String(help[..<end].reversed().drop { $0 == " " }.reversed())
  }
}
