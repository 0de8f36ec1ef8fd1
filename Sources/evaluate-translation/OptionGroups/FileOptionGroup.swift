import CommandLineArguments

/// The files to score, and the references.
struct FileOptionGroup: OptionGroup {
  var references: [String] = []
  var hypotheses: [String] = ["-"]
  var skipsEmptyReferences = false
  var normalization = Normalization.auto

  /// What happens to letters with accents before texts are compared.
  enum Normalization: String, CaseIterable, ArgumentValue {
    case auto, nfc, none
  }

  static let title = "Files (plain or gzip; '-' is standard input)"
  static let options: [Option<Self>] = [
    Option(
      "--reference", short: "r", "file",
      "reference translation, one segment per line; repeat for multiple references", \.references,
      required: true),
    Option(
      "--hypothesis", "file", "translation to score; if there are several, each is compared with the first",
      \.hypotheses),
    Option(
      "--skip-empty-references",
      "treat an empty line of a reference as no reference, so that segments can have fewer references than there are "
        + "files", \.skipsEmptyReferences),
    Option(
      "--normalization", "form",
      "compare texts in Unicode's normal form NFC; auto: only if words look equal but are not, with a message",
      \.normalization),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if skipsEmptyReferences, references.count < 2 {
      throw .conflict("'--skip-empty-references' needs several references")
    }
    if (references + hypotheses).count(where: { $0 == "-" }) > 1 {
      throw .conflict("only one of the files can be standard input; name the others")
    }
  }
}
