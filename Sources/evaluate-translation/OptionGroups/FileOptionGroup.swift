import CommandLineArguments

/// The files to score, and the references.
struct FileOptionGroup: OptionGroup {
  var references: [String] = []
  var hypotheses: [String] = ["-"]

  static let title = "Files (plain or gzip; '-' is standard input)"
  static let options: [Option<Self>] = [
    Option(
      "--reference", short: "r", "file",
      "reference translation, one segment per line; repeat for multiple references", \.references,
      required: true),
    Option(
      "--hypothesis", "file", "translation to score; if there are several, each is compared with the first",
      \.hypotheses),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if (references + hypotheses).count(where: { $0 == "-" }) > 1 {
      throw .conflict("only one of the files can be standard input; name the others")
    }
  }
}
