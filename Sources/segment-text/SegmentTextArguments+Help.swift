import CommandLineArguments

extension SegmentTextArguments {
  static let command = CommandDescription(
    name: "segment-text",
    summary: "splits text into words and subwords, or restores text from them",
    usage: [
      "--language <code> [options] < text", "--codes <file> [options] < words",
      "--vocab <folder> [options] < text",
      "--undo [options] < tokens",
    ],
    examples: [
      .init(
        "split German text into words, and back",
        "segment-text --language de <text >tokens\nsegment-text --undo <tokens"),
      .init(
        "split words into subwords that occur at least 50 times, as subword-nmt's apply-bpe does",
        "segment-text --codes bpe.codes --vocabulary vocab.de --vocabulary-threshold 50 <tokens"),
      .init(
        "from text to subwords in one step; web addresses stay whole",
        #"segment-text --language en --codes bpe.codes --protect 'https?://\S+' <text"#),
      .init("what a model sees", "segment-text --vocab model --source <text"),
    ],
    discussion: """
      Standard input is changed line by line and written to standard output, in the same order.

      Words are found at ICU's boundaries and separated by spaces. Marks keep what is needed to restore the text: ￭ \
      joins a token to its neighbor, ▁ stands for a space that would not be expected, and ￮ begins the number of a \
      character that no token may contain, such as a tab. --undo restores every line exactly, whatever it contains, \
      unless --normalization or --lowercase changed it. Unlike build-vocab and --vocab, it removes neither repeated \
      spaces nor invisible characters.

      Subwords are those of subword-nmt's apply-bpe, byte for byte. The format of the codes is recognized: subword-nmt's \
      0.2, its older 0.1 without a version line, or fastBPE's, whose merges have counts. A list for --vocabulary has a \
      subword and its count on each line, like the files of subword-nmt's get-vocab and fastBPE's getvocab.

      With --undo, the same options restore what they made: --codes joins subwords, --language joins words to text, and \
      without options words are joined to text.
      """,
    related: [
      "build-vocab", "train-translation", "average-checkpoints", "quantize-model", "translate",
      "evaluate-translation",
    ])
}
