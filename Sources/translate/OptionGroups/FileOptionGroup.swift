import CommandLineArguments

/// Models, input and output.
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
      "--model", short: "m", "folder,...", "model folder; several with one vocabulary form an ensemble",
      \.model, required: true, list: .commaSeparated),
    Option("--input", "file", "text to translate, plain or gzip; '-' is standard input", \.input).common,
    Option("--output", "file", "output file for the translations; '-' is standard output", \.output).common,
    Option(
      "--prefix-source", "tag", "tag for every line, if the model was trained with tags", \.prefixSource
    ).common,
    Option("--scores", "print the score before each translation", \.scores).common,
    Option("--json", "print one JSON object per line", \.json).common,
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if model.contains("") {
      throw .conflict("'--model' has an empty name; write '--model <folder>' or '--model <folder>,<folder>'")
    }
  }
}
