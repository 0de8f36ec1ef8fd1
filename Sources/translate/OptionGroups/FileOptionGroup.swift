import CommandLineArguments

/// What is translated by which models, and how the translations are written.
struct FileOptionGroup: OptionGroup {
  var model: [String] = []
  var input = "-"
  var output = "-"
  var prefixSource: String?
  var scores = false
  var json = false

  static let title = "Files"
  static let options: [Option<Self>] = [
    Option(
      "--model", short: "m", "folder,...", "model, or several of one vocabulary that predict together",
      \.model, required: true, list: .commaSeparated),
    Option("--input", "file", "text to translate, plain or gzip; - for standard input", \.input),
    Option("--output", "file", "where the translation goes; - for standard output", \.output),
    Option(
      "--prefix-source", "tag", "tag of every line, for a model that was trained with tags", \.prefixSource),
    Option("--scores", "write each translation's score before it", \.scores),
    Option("--json", "write a JSON object for each line", \.json),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if model.contains("") {
      throw .conflict("'--model' has an empty name; write '--model <folder>' or '--model <folder>,<folder>'")
    }
  }
}
