import CommandLineArguments

/// The documents that segments belong to.
struct DocumentOptionGroup: OptionGroup {
  var names = ""
  var joinsSegments = false

  static let title = "Documents"
  static let options: [Option<Self>] = [
    Option(
      "--documents", "file",
      "the name of each segment's document, one per line: prints the scores of each document, too", \.names),
    Option(
      "--document-level",
      "join the segments of each document into one before scoring, for document BLEU (d-BLEU) and document chrF; the "
        + "signature gets 'level:document'", \.joinsSegments
    ).only(with: \.names),
  ]
}
