import CommandLineArguments
import Tensors

/// The types to which weights can be rounded.
enum QuantizedType: String, CaseIterable, ArgumentValue {
  case int8
  case bfloat16

  /// The type of the stored numbers.
  var type: WeightType {
    switch self {
    case .int8: .int8
    case .bfloat16: .bfloat16
    }
  }
}

/// The options of `quantize-model`.
struct QuantizeModelArguments: CommandArguments {
  var model = ""
  var output = ""
  var weights = QuantizedType.int8
  var overwrite = false

  static let command = CommandDescription(
    name: "quantize-model",
    summary: "rounds the weights of a model to 8 or 16 bits",
    usage: ["--model <folder> --output <folder> [options]"],
    examples: [
      .init(
        "make a model a quarter of the size, and translate with it",
        """
        quantize-model --model model --output model-int8
        translate --model model-int8 <news.en >news.de
        """),
      .init(
        "keep more precision, at half the size",
        "quantize-model --model model --output model-bfloat16 --weights bfloat16"),
    ],
    discussion: """
      The output is a complete model folder with its own checksums. It starts faster, and takes less disk space and \
      memory: translate maps the weights into memory, where all programs that use them share them.

      With int8, each row of a matrix is stored as whole numbers from -127 to 127 and a scale; with bfloat16, each weight \
      keeps 8 significant bits. Biases and norms stay as they were. translate computes with int8 weights in int8, which \
      is faster (see its --compute), and with bfloat16 weights in float32. The command reports the size before and after, and \
      the largest rounding error of a matrix, relative to its weights: about 1 % is usual for int8, and 0.2 % for \
      bfloat16. Rounding changes some translations, usually without any effect on quality; evaluate-translation \
      compares both models on a test set.

      Rounding cannot be undone, and rounded weights are no good start for training: keep the model.
      """,
    related: [
      "build-vocab", "segment-text", "train-translation", "average-checkpoints", "translate",
      "evaluate-translation",
    ])

  static let groups: [OptionGroupReference<Self>] = [
    .options("Folders", folderOptions),
    .options("Output", outputOptions),
  ]

  private static let folderOptions: [Option<Self>] = [
    Option("--model", short: "m", "folder", "model folder to read", \.model, required: true),
    Option("--output", short: "o", "folder", "folder for the rounded model", \.output, required: true),
    Option("--overwrite", "replace a model that is already in the output folder", \.overwrite),
  ]

  private static let outputOptions: [Option<Self>] = [
    Option("--weights", "type", "number type of matrices in the output", \.weights)
  ]
}
