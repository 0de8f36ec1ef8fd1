import CommandLineArguments
import Models

/// Attention that follows given alignments.
struct AlignmentArguments: Sendable {
  var files: [String] = []
  var weight: Double?
  var layer: Int?
  var heads: Int?

  /// The weight of its loss; nil where there are no files.
  var weightInUse: Double? { files.isEmpty ? nil : weight ?? 0.1 }

  /// What attention is taught, where there are files.
  var guidedAlignment: GuidedAlignment? {
    guard let weightInUse else { return nil }
    var result = GuidedAlignment()
    result.weight = Float(weightInUse)
    result.layer = layer
    result.heads = heads ?? result.heads
    return result
  }
}

extension TrainTranslationArguments {
  static let alignmentOptions: [Option<Self>] = [
    Option(
      "--guided-alignment", "file",
      "alignments of the training text, for attention to follow: one file for each --train-source; see below",
      \.alignment.files),
    Option(
      "--guided-alignment-weight", "weight", "of its loss beside that of translating (default: 0.1)",
      \.alignment.weight, limit: .above(0, atMost: 1000)
    ).only(with: \.alignment.files),
    Option(
      "--guided-alignment-layer", "number",
      "decoder layer that is taught, from 1 (default: the last but one, or the only one)", \.alignment.layer,
      limit: .between(1, 256)
    ).only(with: \.alignment.files),
    Option(
      "--guided-alignment-heads", "count", "first heads of it whose mean is taught (default: 1)",
      \.alignment.heads, limit: .between(1, 256)
    ).only(with: \.alignment.files),
  ]

  /// A paragraph of the help text.
  static let alignmentDiscussion = """
    --guided-alignment takes what fast_align and eflomal write: for each pair a line such as 0-0 1-2 2-1, words of the \
    source and of the target counted from 0; an empty line aligns none. With --tokenizer whitespace words are what \
    stands between spaces, else the tokens of the vocabulary's tokenizer, as build-vocab --print-source-words and \
    --print-target-words print them: align that text. Every subword of a word is linked to every subword of the \
    other, and of a target token's links each counts the same. The loss in the log is alignment_loss.
    """

  /// Refuses parts that the model does not have.
  func validateAlignment() throws(ArgumentError) {
    guard !alignment.files.isEmpty else { return }
    if alignment.files.count != trainSource.count {
      throw .conflict(
        "\(trainSource.count) files of --train-source and \(alignment.files.count) of --guided-alignment; give as many "
          + "of both")
    }
    let preset = preset.configuration(sourceVocabularySize: 1, targetVocabularySize: 1)
    let (layers, heads) = (decoderLayers ?? preset.decoderLayers, self.heads ?? preset.heads)
    if let layer = alignment.layer, layer > layers {
      throw .conflict("no '--guided-alignment-layer \(layer)': the decoder has \(layers), counted from 1")
    }
    if let count = alignment.heads, count > heads {
      throw .conflict("no '--guided-alignment-heads \(count)': a layer has \(heads)")
    }
  }
}
