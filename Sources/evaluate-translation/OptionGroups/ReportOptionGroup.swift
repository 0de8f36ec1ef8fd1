import CommandLineArguments

/// A page with scores, charts and all sentences.
struct ReportOptionGroup: OptionGroup {
  var path: String?
  var trainTexts: [String] = []
  var sourceText: String?

  static let title = "Report"
  static let options: [Option<Self>] = [
    Option(
      "--report", "file.html",
      "also write a page with charts and all sentences side by side; one file that loads nothing", \.path),
    Option(
      "--train-text", "file",
      "target side of the training text, for scores of words by how frequent they are in it",
      \.trainTexts),
    Option("--source-text", "file", "what was translated, to be shown with the sentences", \.sourceText),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    guard path == nil else { return }
    let needing: [PartialKeyPath<Self>] = [\.trainTexts, \.sourceText]
    for option in needing where given.contains(option) {
      throw .conflict("'\(given.name(of: option))' is for the page of '--report'; add '--report <file.html>'")
    }
  }
}
