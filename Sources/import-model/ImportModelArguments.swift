import CommandLineArguments

/// The options of `import-model`.
struct ImportModelArguments: CommandArguments {
  var input = ""
  var output = ""
  var overwrite = false
  var weights = ImportedWeights.asStored
  var vocabularies: [String] = []
  var shortlist = ""
  var sourceLanguage = ""
  var targetLanguage = ""
  var ignoresPreprocessing = false
  var checks = false
  var checkText = ""

  static let operand: String? = "--input"

  static let command = CommandDescription(
    name: "import-model",
    summary: "makes a model folder from a model of Marian, Firefox, Hugging Face and other toolkits",
    usage: ["<path> --output <folder> [options]"],
    examples: [
      .init(
        "import a model of Firefox or Bergamot, and translate with it",
        """
        import-model models/enpt --output en-pt --check
        translate --model en-pt <news.en >news.pt
        """),
      .init(
        "train it further with your own texts",
        """
        import-model models/enpt --output en-pt
        train-translation --initialize-from en-pt --model my-en-pt \\
          --train-source my.en --train-target my.pt --valid-source valid.en --valid-target valid.pt
        """),
    ],
    discussion: """
      The path is a folder or a file. What it holds is recognized by its contents:

        Firefox, Bergamot   model*.bin, vocab*.spm or srcvocab*.spm and trgvocab*.spm, lex*.bin
        Marian, OPUS-MT     *.npz with vocabularies (.spm, .yml, .json or .txt) beside it
        Hugging Face        config.json of the type marian, its weights, *.spm, vocab.json
        CTranslate2         model.bin with its vocabularies
        fairseq             checkpoint_best.pt, dict.*.txt, a SentencePiece model or BPE codes
        JoeyNMT             best.ckpt, config.yaml, src_vocab.txt and trg_vocab.txt

      No code of a model is ever run: PyTorch's files are read as data.

      Matrices that are stored as bytes stay bytes, and translate computes with them in int8. train-translation \
      --initialize-from trains an imported model further; bytes become floats for that.
      """,
    related: ["export-model", "translate", "train-translation", "quantize-model"])

  static let groups: [OptionGroupReference<Self>] = [
    .options(
      "Model",
      [
        Option("--input", "path", "model to read: a folder, or its weights file", \.input, required: true),
        Option(
          "--vocab", "file",
          "vocabulary of the source, and once more for that of the target, instead of those beside the "
            + "model", \.vocabularies),
        Option("--shortlist", "file", "lexical shortlist instead of the one beside the model", \.shortlist),
        Option(
          "--source-language", "code", "language of the source, if the model does not say it",
          \.sourceLanguage),
        Option(
          "--target-language", "code", "language of the target, if the model does not say it",
          \.targetLanguage),
        Option(
          "--ignore-preprocessing",
          "do not prepare text as preprocess.sh of an OPUS-MT package does it, but leave it as it is",
          \.ignoresPreprocessing),
      ]),
    .options(
      "Output",
      [
        Option("--output", short: "o", "folder", "folder for the imported model", \.output, required: true),
        Option("--overwrite", "replace a model that is already in the output folder", \.overwrite),
        Option(
          "--weights", "type", "number type of matrices in the output: as-stored, or float32", \.weights),
        Option("--check", "translate a few lines, in the language of the source if it is known", \.checks),
        Option("--check-text", "file", "text for --check, one sentence per line", \.checkText),
      ]),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if vocabularies.count > 2 {
      throw .conflict("'--vocab' is given \(vocabularies.count) times; a model has two sides")
    }
  }
}

/// The type of matrices in the output.
enum ImportedWeights: String, CaseIterable, ArgumentValue {
  case asStored = "as-stored"
  case float32
}
