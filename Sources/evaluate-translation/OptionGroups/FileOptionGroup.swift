import CommandLineArguments
import Formatting

/// The files to score, and the references.
struct FileOptionGroup: OptionGroup {
  var references: [String] = []
  var hypotheses: [String] = ["-"]
  var referencesPerLine = 1
  var hypothesesPerLine = 1
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
      "--num-refs", "count", "references on each line of the reference file, separated by tabs",
      \.referencesPerLine, limit: .between(1, 1000)),
    Option(
      "--num-hypotheses", "count", "systems on each line of the file to score, separated by tabs",
      \.hypothesesPerLine, limit: .between(1, 1000)),
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
    if referencesPerLine > 1, references.count > 1 {
      throw .conflict(
        "'--num-refs' is for a single '--reference'; give either several files or several columns")
    }
    if hypothesesPerLine > 1, hypotheses.count > 1 {
      throw .conflict("'--num-hypotheses' is for a single file; give either several files or several columns")
    }
    if skipsEmptyReferences, max(references.count, referencesPerLine) < 2 {
      throw .conflict("'--skip-empty-references' needs several references")
    }
    if (references + hypotheses).count(where: { $0 == "-" }) > 1 {
      throw .conflict("only one of the files can be standard input; name the others")
    }
  }

  /// The number of systems.
  var systemCount: Int { max(hypotheses.count, hypothesesPerLine) }
}
