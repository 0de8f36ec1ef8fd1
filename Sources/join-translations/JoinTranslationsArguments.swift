import CommandLineArguments

/// The options of `join-translations`.
struct JoinTranslationsArguments: CommandArguments {
  var folder = ""
  var output = ""
  var input = ""
  var listsMissing = false

  static let command = CommandDescription(
    name: "join-translations",
    summary: "checks and joins the parts of a huge translation",
    usage: ["<folder> [--output <file>] [--input <file>]", "<folder> --missing"],
    examples: [
      .init("how much is done, and whether all of it is right", "join-translations parts"),
      .init("the whole translation", "join-translations parts --output web.de.gz"),
      .init("what is missing, once more", "sbatch --array=$(join-translations parts --missing) job.sh"),
    ],
    discussion: """
      The folder is that of translate --shard i/n. All n parts must be there, made with one model and the same options, and \
      every byte of the text must be in exactly one of them. Each part must have the lines and the SHA-256 that were recorded \
      when it was completed. With --input, the text is read, too, and compared with what was translated.

      The output appears whole or not at all. Without --output, everything is checked and nothing written. The folder is \
      never changed.

      Exit codes are 0 if all parts are there and right, 1 if parts are missing, damaged or do not belong together, and 64 \
      for a wrong command line.
      """,
    related: ["translate"])

  static let operand: String? = "--folder"

  static let groups: [OptionGroupReference<Self>] = [
    .options(
      "Files",
      [
        Option(
          "--folder", "folder", "the folder of the parts; '--folder' itself may be left out", \.folder,
          required: true),
        Option(
          "--output", "file", "where the whole translation goes; gzip if its name ends in .gz", \.output),
        Option("--input", "file", "the text that was translated, to compare it with the parts", \.input),
        Option(
          "--missing", "print the numbers of the parts that are not complete, such as 3,7,38-100",
          \.listsMissing
        ).conflicts(with: \.output).conflicts(with: \.input),
      ])
  ]
}
