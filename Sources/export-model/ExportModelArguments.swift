public import CommandLineArguments
public import ModelConversion

/// The options of `export-model`.
struct ExportModelArguments: CommandArguments {
  var model = ""
  var output = ""
  var overwrite = false
  var format = ExportFormat.huggingface
  var weightsOnly = false
  var alphas: String?

  static let operand: String? = "--model"

  static let command = CommandDescription(
    name: "export-model",
    summary: "writes a model in the format of Marian, Bergamot, Hugging Face or CTranslate2",
    usage: ["<folder> --format <name> --output <folder> [options]"],
    examples: [
      .init(
        "use a model with Hugging Face's MarianMTModel and MarianTokenizer",
        "export-model model --format huggingface --output model-hf"),
      .init(
        "use int8 weights in CTranslate2",
        """
        quantize-model --model model --output model-int8
        export-model model-int8 --format ctranslate2 --output model-ct2
        """),
    ],
    discussion: """
      The model is one that train-translation or import-model made. Int8 weights stay int8 in the formats of CTranslate2 \
      and Bergamot, and become float32 in those of Hugging Face and Marian.

        huggingface   config.json, model.safetensors, vocab.json, source.spm, target.spm; post-norm models
        ctranslate2   model.bin of version 6, config.json, *_vocabulary.json
        marian        model.npz, vocab.spm, model.npz.decoder.yml
        bergamot      model.intgemm8.bin in bytes, vocab.spm, lex.s2t.bin, config.yml; also for Firefox

      In the first two formats, positions are written as tables, so that they are the model's own in any program. A model \
      that a format cannot hold is refused with the reason: none of the four has rotary positions, gated activations or \
      non-autoregressive decoders, and only Marian and Bergamot have recurrent decoders.

      Bergamot's fastest arithmetic rounds the inputs of products by fixed scales ("alphas"). They are computed from a \
      sample that --alphas names, a few hundred lines of text like that to be translated; without it, the engine looks \
      for the greatest input each time.

      Hugging Face's tokenizer needs a SentencePiece vocabulary (build-vocab --segmentation sentencepiece). For other \
      vocabularies, --weights-only writes the weights and the list of tokens.
      """,
    related: ["import-model", "translate", "train-translation", "quantize-model"])

  static let groups: [OptionGroupReference<Self>] = [
    .options(
      "Model", [Option("--model", short: "m", "folder", "model folder to read", \.model, required: true)]),
    .options(
      "Output",
      [
        Option("--format", short: "f", "name", "format to write", \.format, required: true),
        Option("--output", short: "o", "folder", "folder for the exported model", \.output, required: true),
        Option("--overwrite", "write into a folder that already has files", \.overwrite),
        Option(
          "--weights-only", "write no tokenizer: huggingface, for vocabularies that its tokenizer cannot use",
          \.weightsOnly),
        Option(
          "--alphas", "file",
          "text of the source: bergamot, for engines that round activations by fixed scales",
          \.alphas),
      ]),
  ]

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    if weightsOnly, format != .huggingface {
      throw .conflict(
        "'--weights-only' is for '--format huggingface'; '\(format.rawValue)' has no tokenizer to leave out")
    }
    if alphas != nil, format != .bergamot {
      throw .conflict(
        "'--alphas' is for '--format bergamot'; '\(format.rawValue)' has no scales of activations")
    }
  }
}

extension ExportFormat: ArgumentValue {}
