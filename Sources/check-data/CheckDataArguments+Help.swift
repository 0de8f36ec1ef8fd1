import CommandLineArguments

extension CheckDataArguments {
  static let command = CommandDescription(
    name: "check-data",
    summary: "looks for faults in parallel text before hours of training",
    usage: ["--source <file> --target <file> [options]", "--kinds"],
    examples: [
      .init(
        "look at the text that a training will use",
        """
        check-data --source train.en --target train.de \\
          --valid-source valid.en --valid-target valid.de --test-source test.en --test-target test.de
        """
      ),
      .init(
        "write clean.en, clean.de and dropped.tsv into a folder",
        "check-data --source train.en --target train.de --write-clean cleaned"),
      .init(
        "stop a script if test sentences are in the training text",
        """
        check-data --source train.en --target train.de --test-source test.en --test-target test.de \\
          --only held-out-in-training,near-held-out --fail-on error || exit 1
        """),
      .init(
        "what training would drop or not know",
        "check-data --source train.en --target train.de --vocab v --only dropped-too-long,unknown-tokens"),
    ],
    discussion: """
      Prints how many findings there are of each kind, examples by file and line, and what to do. Errors make results \
      worthless, warnings teach a model something wrong, notes are for information. What 0.3% or more of the pairs do, \
      such as brackets that one side lacks, is a style of the text and becomes one note. '--kinds' explains all kinds, \
      and says which ones '--write-clean' drops or repairs.

      Memory is bounded: 1.2 GB for 10 million pairs, and of far more it compares a part to find duplicates. The language is identified only of lines with many unusual words, since that costs most; '--thorough' \
      identifies all. Which words translate each other is learned from a sample of the text itself, so that misaligned \
      pairs are found without a model; '--quick' leaves that out, which takes most of the time.

      Validation and test text is checked as well, but never changed: '--write-clean' drops the training pairs that \
      overlap with it. Of TMX and other formats, make text first: convert-corpus.

      Exit codes: 0 if nothing was found of the severity of '--fail-on' or above, 1 if something was, 2 if a file cannot \
      be read or written, 64 for a wrong command line.
      """,
    related: ["build-vocab", "train-translation", "convert-corpus", "align-text"])
}
