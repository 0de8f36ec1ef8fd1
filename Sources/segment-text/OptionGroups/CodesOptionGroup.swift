import CommandLineArguments
import Formatting

/// How words become subwords.
struct CodesOptionGroup: OptionGroup {
  var path = ""
  var merges: Int?
  var vocabulary = ""
  var threshold: Int?
  var separator = "@@"

  static let title = "Subwords"
  static let options: [Option<Self>] = [
    Option(
      "--codes", "file",
      "split words into subwords with these codes of build-vocab, subword-nmt (0.1 and 0.2) or fastBPE",
      \.path),
    Option("--merges", "count", "use only the first merges of the codes", \.merges, limit: .atLeast(0))
      .only(with: \.path),
    Option(
      "--vocabulary", "file", "split subwords further that are not in this list of subwords with counts",
      \.vocabulary
    ).only(with: \.path),
    Option(
      "--vocabulary-threshold", "count", "count below which a subword is treated as missing from the list",
      \.threshold
    ).only(with: \.vocabulary),
    Option("--separator", "text", "mark after a subword that does not end its word", \.separator)
      .only(with: \.path),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if separator.isEmpty || separator.contains(where: \.isWhitespace) {
      throw .badValue(
        separator, option: "--separator", expected: "one or more characters that are no white space")
    }
  }
}
